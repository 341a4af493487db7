/**
 * Where somebody who forgot their password stands: they ask for a code, have one from elsewhere, or were sent one here.
 * The page's address says it, so that Back and a reload keep to the step.
 */
export type Step = "ask" | "code" | "sent";

export const ADDRESS_OF = {
  ask: "/forgot-password",
  code: "/forgot-password?step=code",
  sent: "/forgot-password?step=sent",
} as const satisfies Record<Step, string>;

/** The step that `?step=` says; whatever else it says is the first. */
export function stepIn(given: unknown): Step {
  return given === "code" || given === "sent" ? given : "ask";
}
