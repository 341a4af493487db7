import { z } from "zod";
import { fault } from "../../field-error";
import { typedAddress, typedCode } from "../../typed";

/** As zod has it, with the last label of another script too (`xn--`), which has digits and hyphens. */
const ADDRESS =
  /^(?!\.)(?!.*\.\.)([A-Za-z0-9_'+\-.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+([A-Za-z]{2,}|xn--[A-Za-z0-9-]+)$/;
/** Cognito's own limits (API reference, AdminInitiateAuth); nothing longer is worth sending. */
export const Email = z
  .string()
  .transform(typedAddress)
  .pipe(z.email({ pattern: ADDRESS }).max(128))
  .meta({ format: "email" });
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

const bytes = z
  .string()
  .min(1)
  .max(8_192)
  .regex(/^[\w-]+$/);
const credential = {
  id: bytes,
  rawId: bytes,
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).nullish(),
  clientExtensionResults: z.looseObject({}).optional(),
};
/** What a passkey answers a challenge with: AuthenticationResponseJSON (WebAuthn Level 3, section 5.1.8). */
export const PasskeyProof = z.looseObject({
  ...credential,
  response: z.looseObject({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.nullish(),
  }),
});
export type PasskeyProof = z.output<typeof PasskeyProof>;
/** A passkey that was just made: RegistrationResponseJSON (section 5.1.8). */
export const MadePasskey = z.looseObject({
  ...credential,
  response: z.looseObject({ clientDataJSON: bytes, attestationObject: bytes }),
});
/** What askForPasskey sealed. */
export const PasskeySession = z.string().min(20).max(8_192);

export const PasskeyForm = z.object({
  session: PasskeySession,
  credential: z.string().max(32_768).transform(jsonIn).pipe(PasskeyProof),
});

function jsonIn(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "is not JSON" });
    return z.NEVER;
  }
}

/** What a passkey says of its owner (WebAuthn's user handle): of Cognito's, the `sub` in base64url. */
export const UserHandle = bytes.refine(
  (handle) => z.uuid().safeParse(subOf(handle)).success,
  fault("malformed"),
);

/** The `sub` that a user handle says. */
export function subOf(handle: string): string {
  return Buffer.from(handle, "base64url").toString();
}
