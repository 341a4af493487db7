import { z } from "zod";
import { typedAddress, typedCode } from "../../typed";

/** Cognito's own limits (API reference, AdminInitiateAuth); nothing longer is worth sending. */
export const Email = z.string().transform(typedAddress).pipe(z.email().max(128)).meta({ format: "email" });
export const Password = z.string().min(1).max(256);
/** Codes of Cognito and of authenticator apps, as people type and paste them. */
export const Code = z
  .string()
  .max(64)
  .transform(typedCode)
  .pipe(z.string().regex(/^\d{4,10}$/, "must be the digits of the code"))
  .describe("4 to 10 digits; blanks and hyphens between them are left out.");

export type Form<T> = z.ZodType<T>;
export const PasswordForm = z.object({ email: Email, password: Password });
/** `email` and `step`: whose sign-in the page was about, and which step of it. */
export const ChallengeForm = z.object({
  answer: Password,
  email: z.string().optional(),
  step: z.string().optional(),
});
