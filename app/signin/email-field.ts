/** The e-mail field of the sign-in form. */
export function emailField(): HTMLInputElement | null {
  return document.querySelector("input[name=email]");
}

/** As the browser judges it, without what was typed around it. */
export function isEmail(input: HTMLInputElement, email: string): boolean {
  const probe = input.cloneNode() as HTMLInputElement;
  probe.value = email;
  return probe.validity.valid;
}
