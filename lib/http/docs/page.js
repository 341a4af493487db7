/* The page around Swagger UI: colours as the system has them, and a token for the calls that one tries. */
const one = (selector) => document.querySelector(selector);
const [form, word] = [one("#sign-in form"), one("#word")];
const dark = matchMedia("(prefers-color-scheme: dark)");

const followSystem = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", followSystem);
followSystem();

show();

async function show() {
  const spec = await readSpec();
  if (spec === null) return;
  const ui = window.SwaggerUIBundle({
    spec,
    dom_id: "#viewer",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    tryItOutEnabled: true,
    // No service elsewhere is asked whether the document is valid, and no token is kept.
    validatorUrl: null,
    persistAuthorization: false,
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    signIn(ui, spec.components.securitySchemes.bearer["x-token"]);
  });
  one("#forget").addEventListener("click", () => {
    ui.authActions.logout(["bearer"]);
    showSignedIn(null);
    say("The token is forgotten.");
    form.elements.email.focus();
  });
  form.elements.namedItem("email").focus({ preventScroll: true });
  one("#sign-in button[type=submit]").disabled = false;
}

async function readSpec() {
  try {
    const answer = await fetch("/api/openapi.json");
    if (answer.ok) return await answer.json();
  } catch {
    // Said below, the same for an answer that is no document.
  }
  say("The document cannot be read now. Try again in a moment.", true);
  return null;
}

async function signIn(ui, tokenName) {
  const button = one("#sign-in button[type=submit]");
  const { email, password } = Object.fromEntries(new FormData(form));
  button.disabled = true;
  say("Signing in…");
  try {
    const answer = await fetch("/api/user/login", {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    const body = await answer.json();
    if (typeof body?.title !== "string" && !answer.ok) throw new SyntaxError("not an answer of ours");
    if (!answer.ok) return say(body.detail ?? `${body.title}.`, true);
    if (body.challenge) {
      return say(
        `This account has a further step (${body.challenge}). Do it with the operations of “Sign-in” below, then give the token to “Authorize”.`,
        true,
      );
    }
    ui.preauthorizeApiKey("bearer", body[tokenName]);
    form.reset();
    showSignedIn(email);
    say("");
  } catch (error) {
    // No JSON is what a proxy says when it has no server, or a network that wants one to sign in first.
    const isReached = error instanceof SyntaxError;
    say(
      isReached
        ? "The server is not available at the moment, or something between you and it answered instead. Try again in a minute."
        : "The server cannot be reached. Try again in a moment.",
      true,
    );
  } finally {
    button.disabled = false;
  }
}

function showSignedIn(email) {
  form.hidden = email !== null;
  one("#signed-in").hidden = email === null;
  one("#who").textContent = email ?? "";
}

function say(text, isFault = false) {
  word.textContent = text;
  word.classList.toggle("fault", isFault);
}
