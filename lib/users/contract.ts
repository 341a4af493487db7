import { z } from "zod";
import { Code, Email, Password } from "../auth/forms";
import { isTenantId } from "../auth/tenant-id";
import type { SignInOutcome, Tokens } from "../cognito/sign-in";

const ChallengeSession = z.string().min(20).max(2_048);

export const Login = z.strictObject({ email: Email, password: Password });
export const NewPassword = z.strictObject({
  email: Email,
  new_password: Password,
  session: ChallengeSession,
});
export const Mfa = z.strictObject({
  email: Email,
  code: Code,
  session: ChallengeSession,
  challenge: z.enum(["SMS_MFA", "SOFTWARE_TOKEN_MFA", "MFA_SETUP"]),
});
export const SelectMfa = z.strictObject({
  email: Email,
  session: ChallengeSession,
  answer: z.enum(["SMS_MFA", "SOFTWARE_TOKEN_MFA"]),
});
export const BeginMfaSetup = z.strictObject({ email: Email, session: ChallengeSession });
export const ForgotPassword = z.strictObject({ email: Email });
export const ResetPassword = z.strictObject({ email: Email, code: Code, new_password: Password });
export const ChangePassword = z.strictObject({ old_password: Password, new_password: Password });
export const VerifyAuthenticator = z.strictObject({ code: Code });
export const PreferFactor = z.strictObject({ preferred: z.enum(["SMS_MFA", "SOFTWARE_TOKEN_MFA"]) });
export const ActingTenant = z.strictObject({
  tenant_id: z.string().refine(isTenantId, "is not a tenant's id"),
});
export const SessionPath = z.object({ id: z.uuid() });
export const Refresh = z.strictObject({
  refresh_token: z.string().min(1).max(8_192),
  username: z.string().min(1).max(128).optional(),
});

/** What a sign-in step answers on the wire. */
export type SignInAnswer =
  | {
      access_token: string;
      id_token: string;
      refresh_token?: string;
      /** Seconds. */
      expires_in: number;
      token_type: "Bearer";
    }
  | { challenge: string; session: string; parameters?: Record<string, string> };

export function toTokenAnswer(tokens: Tokens): SignInAnswer {
  return {
    access_token: tokens.accessToken,
    id_token: tokens.idToken,
    ...(tokens.refreshToken !== undefined && { refresh_token: tokens.refreshToken }),
    expires_in: tokens.expiresIn,
    token_type: "Bearer",
  };
}

export function toChallengeAnswer({
  challenge,
}: Extract<SignInOutcome, { kind: "challenge" }>): SignInAnswer {
  const { name, session, parameters } = challenge;
  return { challenge: name, session, ...(Object.keys(parameters).length > 0 && { parameters }) };
}
