import { type RefObject, useEffect, useRef } from "react";

/** A form whose first field that something is wrong with has the focus after each refusal. @param refusal of what was sent last. */
export function useFaultFocus(refusal: unknown): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusal) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [refusal]);
  return form;
}
