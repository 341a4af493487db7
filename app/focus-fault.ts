/** Puts the focus on the first field of a form that something is wrong with, if any. @param faults by field name. */
export function focusFault(form: HTMLFormElement, faults: Record<string, string>): void {
  const fields = [...form.elements].filter((each) => each instanceof HTMLElement);
  fields.find((each) => (each.getAttribute("name") ?? "") in faults)?.focus();
}
