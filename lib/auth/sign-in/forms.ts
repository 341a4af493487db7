import { z } from "zod";
import { fault } from "../../field-error";
import { typedAddress, typedCode } from "../../typed";

/** Cognito's own limits (API reference, AdminInitiateAuth); nothing longer is worth sending. */
export const Email = z.string().transform(typedAddress).pipe(z.email().max(128)).meta({ format: "email" });
export const Password = z.string().min(1).max(256);
/** Codes of Cognito and of authenticator apps, as people type and paste them. */
export const Code = z
  .string()
  .max(64)
  .transform(typedCode)
  .refine((code) => /^\d{4,10}$/.test(code), fault("not_a_code"))
  .describe("4 to 10 digits; blanks and hyphens between them are left out.");

export const PasswordForm = z.object({ email: Email, password: Password });
/** `email` and `step`: whose sign-in the page was about, and which step of it. */
export const ChallengeForm = z.object({
  answer: Password,
  email: z.string().optional(),
  step: z.string().optional(),
});
