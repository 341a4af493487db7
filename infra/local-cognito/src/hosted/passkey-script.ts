/** What a page with a passkey in its form runs: it asks the device, and sends what that answers. */
export const passkeyScript = `
const form = document.querySelector("form[data-passkey]");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const failed = document.getElementById("passkey-failed");
  failed.hidden = true;
  try {
    const options = JSON.parse(form.dataset.passkey);
    const credential = options.user
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    form.elements.credential.value = JSON.stringify(credential);
    // Unlike requestSubmit, it does not come back here.
    form.submit();
  } catch {
    failed.hidden = false;
  }
});
`;
