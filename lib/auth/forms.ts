import { z } from "zod";

/** Cognito's own limits (API reference, AdminInitiateAuth); nothing longer is worth sending. */
export const Email = z.email().max(128);
export const Password = z.string().min(1).max(256);
/** Codes of Cognito and of authenticator apps; people type them with spaces. */
export const Code = z
  .string()
  .transform((value) => value.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{4,10}$/, "must be the digits of the code"))
  .describe("4 to 10 digits; spaces are left out.");

export type Form<T> = z.ZodType<T>;
export const PasswordForm = z.object({ email: Email, password: Password });
/** `email` and `step`: whose sign-in the page was about, and which step of it. */
export const ChallengeForm = z.object({
  answer: Password,
  email: z.string().optional(),
  step: z.string().optional(),
});
