import { z } from "zod";
import {
  Code,
  Email,
  MadePasskey,
  PasskeyProof,
  PasskeySession,
  Password,
  UserHandle,
} from "../auth/sign-in/forms";
import { isTenantId } from "../auth/tenancy/tenant-id";
import type { Challenge, Tokens } from "../cognito/sign-in";
import { nameText, PersonName } from "../db/text";
import { fault } from "../field-error";

const ChallengeSession = z
  .string()
  .min(20)
  .max(2_048)
  .describe("Of the answer before: for one use, within minutes.");
const Factor = z.enum(["SMS_MFA", "SOFTWARE_TOKEN_MFA"]);

const email = "bob@acme.example";
const password = "a-long-enough-Passw0rd";
const session = "the-session-of-the-answer-before";

export const Login = z
  .strictObject({ email: Email, password: Password })
  .meta({ id: "Login", examples: [{ email, password }] });
export const AskSignInWay = z
  .strictObject({ email: Email })
  .meta({ id: "AskSignInWay", examples: [{ email }] });
export const SignInWay = z
  .discriminatedUnion("way", [
    z.object({ way: z.literal("password") }),
    z.object({
      way: z.literal("single_sign_on"),
      identifier: z.string().describe("`idp_identifier` for the Hosted UI."),
    }),
  ])
  .meta({
    id: "SignInWay",
    examples: [{ way: "single_sign_on", identifier: "acme.example" }],
  });
export const NewPassword = z
  .strictObject({ email: Email, new_password: Password, session: ChallengeSession })
  .meta({ id: "NewPassword", examples: [{ email, new_password: password, session }] });
export const Mfa = z
  .strictObject({
    email: Email,
    code: Code,
    session: ChallengeSession,
    challenge: z
      .enum(["SMS_MFA", "SOFTWARE_TOKEN_MFA", "MFA_SETUP"])
      .optional()
      .describe("May be left out where the user has one second factor turned on."),
  })
  .meta({ id: "Mfa", examples: [{ email, code: "123456", session, challenge: "SOFTWARE_TOKEN_MFA" }] });
export const SelectMfa = z
  .strictObject({ email: Email, session: ChallengeSession, answer: Factor })
  .meta({ id: "SelectMfa", examples: [{ email, session, answer: "SOFTWARE_TOKEN_MFA" }] });
export const BeginMfaSetup = z
  .strictObject({ email: Email, session: ChallengeSession })
  .meta({ id: "BeginMfaSetup", examples: [{ email, session }] });
export const ForgotPassword = z
  .strictObject({ email: Email })
  .meta({ id: "ForgotPassword", examples: [{ email }] });
export const ResetPassword = z
  .strictObject({ email: Email, code: Code, new_password: Password })
  .meta({ id: "ResetPassword", examples: [{ email, code: "123456", new_password: password }] });
export const ChangePassword = z
  .strictObject({ old_password: Password, new_password: Password })
  .meta({ id: "ChangePassword", examples: [{ old_password: "the-one-before", new_password: password }] });
const again = { password: Password.describe("The present one again: a token alone changes no factor.") };
export const PasswordAgain = z.strictObject(again).meta({ id: "PasswordAgain", examples: [{ password }] });
export const EndOthers = z
  .strictObject({
    password: again.password.optional().describe("The present one again; not of who came by the Hosted UI."),
  })
  .meta({ id: "EndOthers", examples: [{ password }] });
export const VerifyAuthenticator = z
  .strictObject({ code: Code, ...again })
  .meta({ id: "VerifyAuthenticator", examples: [{ code: "123456", password }] });
export const PreferFactor = z
  .strictObject({ preferred: Factor, ...again })
  .meta({ id: "PreferFactor", examples: [{ preferred: "SOFTWARE_TOKEN_MFA", password }] });
const credentialId = "Y3JlZGVudGlhbA";
const made = {
  id: credentialId,
  rawId: credentialId,
  type: "public-key" as const,
  response: { clientDataJSON: "eyJ0eXBlIjoi", attestationObject: "o2NmbXRkbm9uZQ" },
};
const proof = {
  ...made,
  response: { clientDataJSON: "eyJ0eXBlIjoi", authenticatorData: "SZYN5YgOjGh0", signature: "MEUCIQ" },
};
const PasskeyName = nameText(100).describe("What its owner calls it.");
export const VerifyPasskey = z
  .strictObject({
    credential: MadePasskey.describe("RegistrationResponseJSON of WebAuthn, as the browser gives it."),
    name: PasskeyName.optional(),
    ...again,
  })
  .meta({ id: "VerifyPasskey", examples: [{ credential: made, password }] });
export const RenamePasskey = z
  .strictObject({ name: PasskeyName })
  .meta({ id: "RenamePasskey", examples: [{ name: "Work laptop" }] });
export const PasskeyPath = z.object({
  id: z
    .string()
    .max(1_400)
    .regex(/^[\w-]+={0,2}$/),
});
export const AskForPasskey = z
  .union([
    z.strictObject({ email: Email }),
    z.strictObject({
      user_handle: UserHandle.describe("What a passkey says of its owner, where no address is known."),
    }),
  ])
  .meta({ id: "AskForPasskey", examples: [{ email }] });
export const AnswerPasskey = z
  .strictObject({
    session: PasskeySession.describe("Of the answer before: for one use, within minutes."),
    credential: PasskeyProof.describe("AuthenticationResponseJSON of WebAuthn, as the browser gives it."),
  })
  .meta({ id: "AnswerPasskey", examples: [{ session, credential: proof }] });
export const ChangeMe = z
  .strictObject({ name: PersonName.nullable().describe("What one is called; null takes the name away.") })
  .meta({ id: "ChangeMe", examples: [{ name: "Yuki Tanaka" }] });
export const ActingTenant = z
  .strictObject({ tenant_id: z.string().refine(isTenantId, fault("not_a_tenant")) })
  .meta({ id: "ActingTenant", examples: [{ tenant_id: "acme" }] });
export const SessionPath = z.object({ id: z.uuid() });
export const Refresh = z
  .strictObject({
    refresh_token: z.string().min(1).max(8_192),
    username: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .describe(
        "Cognito's name of the user, or the e-mail address; required when the app client has a secret.",
      ),
  })
  .meta({ id: "Refresh", examples: [{ refresh_token: "<refresh token>" }] });

/** The tokens that Cognito handed out. */
export const TokenAnswer = z
  .object({
    access_token: z.string(),
    id_token: z.string(),
    refresh_token: z.string().optional().describe("Not every refresh brings a new one."),
    expires_in: z.int().positive().describe("How long the access token lives, in seconds."),
    token_type: z.literal("Bearer"),
  })
  .meta({
    id: "TokenAnswer",
    examples: [
      {
        access_token: "<access token>",
        id_token: "<ID token>",
        refresh_token: "<refresh token>",
        expires_in: 3600,
        token_type: "Bearer",
      },
    ],
  });
/** The next step that Cognito asks for before it hands tokens out. */
export const ChallengeAnswer = z
  .object({
    challenge: z.string().describe("Which step: NEW_PASSWORD_REQUIRED, SMS_MFA, SOFTWARE_TOKEN_MFA, …"),
    session: z.string().describe("Goes with the answer to the step."),
    parameters: z.record(z.string(), z.string()).optional().describe("What Cognito says about the step."),
  })
  .meta({ id: "ChallengeAnswer", examples: [{ challenge: "SOFTWARE_TOKEN_MFA", session }] });
/** What a sign-in step answers on the wire. */
export const SignInAnswer = z.union([TokenAnswer, ChallengeAnswer]).meta({ id: "SignInAnswer" });
export type SignInAnswer = z.output<typeof SignInAnswer>;

/** Everything has ended here; Cognito has still to confirm it. */
export const Postponed = z
  .object({
    ok: z.literal(true),
    finished: z
      .literal(false)
      .describe(
        "No token and no session is accepted here any more. Cognito does not answer yet; it is asked again.",
      ),
  })
  .meta({ id: "Postponed", examples: [{ ok: true, finished: false }] });
export const Done = z.object({ ok: z.literal(true) }).meta({ id: "Done", examples: [{ ok: true }] });

const secret = {
  secret_code: z.string().describe("For typing into an authenticator app."),
  otpauth_uri: z.string().describe("The same as an address, for a QR code."),
};
const secretExample = {
  secret_code: "AAAABBBBCCCCDDDD",
  otpauth_uri: "otpauth://totp/Sekisho:bob%40acme.example?secret=AAAABBBBCCCCDDDD&issuer=Sekisho",
};
export const AuthenticatorSecret = z
  .object(secret)
  .meta({ id: "AuthenticatorSecret", examples: [secretExample] });
export const MfaSetup = z
  .object({ ...secret, session: z.string().describe("Goes with the app's first code.") })
  .meta({ id: "MfaSetup", examples: [{ ...secretExample, session }] });

/** The second factors that a user has turned on, and which of them is asked for first. */
export const Factors = z
  .object({ enabled: z.array(Factor), preferred: Factor.nullable(), phone: z.string().nullable() })
  .meta({
    id: "Factors",
    examples: [{ enabled: ["SOFTWARE_TOKEN_MFA"], preferred: "SOFTWARE_TOKEN_MFA", phone: null }],
  });

/** By what a browser makes a passkey. */
export const PasskeyCreation = z
  .looseObject({ challenge: z.string() })
  .describe("PublicKeyCredentialCreationOptionsJSON of WebAuthn, for `navigator.credentials.create`.")
  .meta({ id: "PasskeyCreation", examples: [{ challenge: "c2lnbiB0aGlz", rp: { id: "localhost" } }] });

/** A passkey as its owner sees it. */
export const Passkey = z
  .object({
    id: z.string(),
    name: z.string().nullable().describe("What its owner calls it; null while it has no name."),
    keeper: z.string().describe("What Cognito calls it, after whoever keeps the key."),
    user_agent: z.string().describe("Of the browser that made it; empty where that is not known."),
    address: z.string(),
    created_at: z.iso.datetime(),
    used_at: z.iso
      .datetime()
      .nullable()
      .describe("When it last signed its owner in; null where that is not known, or it never did."),
  })
  .meta({
    id: "Passkey",
    examples: [
      {
        id: credentialId,
        name: "Work laptop",
        keeper: "iCloud Keychain",
        user_agent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15",
        address: "203.0.113.7",
        created_at: "2026-11-21T08:30:00.000Z",
        used_at: null,
      },
    ],
  });
export type Passkey = z.output<typeof Passkey>;

/** A browser session as its owner sees it. */
export const OwnSession = z
  .object({
    id: z.uuid(),
    current: z.boolean().describe("Whether it is the one that asks."),
    sign_in: z.enum(["form", "hosted_ui"]),
    user_agent: z.string(),
    address: z.string(),
    created_at: z.iso.datetime(),
    last_seen_at: z.iso.datetime(),
  })
  .meta({
    id: "OwnSession",
    examples: [
      {
        id: "01980a3c-5d2e-7b41-9f60-3c8e1d7a2b54",
        current: true,
        sign_in: "form",
        user_agent: "Mozilla/5.0 (X11; Linux x86_64)",
        address: "203.0.113.7",
        created_at: "2026-11-21T08:30:00.000Z",
        last_seen_at: "2026-11-21T09:05:12.345Z",
      },
    ],
  });
export type OwnSession = z.output<typeof OwnSession>;

/** What ending the others came to. */
export const EndedOthers = z
  .object({ ended: z.int().nonnegative().describe("How many browser sessions there were.") })
  .meta({ id: "EndedOthers", examples: [{ ended: 2 }] });

export function toTokenAnswer(tokens: Tokens): z.output<typeof TokenAnswer> {
  return {
    access_token: tokens.accessToken,
    id_token: tokens.idToken,
    ...(tokens.refreshToken !== undefined && { refresh_token: tokens.refreshToken }),
    expires_in: tokens.expiresIn,
    token_type: "Bearer",
  };
}

export function toChallengeAnswer({
  name,
  session,
  parameters,
}: Challenge): z.output<typeof ChallengeAnswer> {
  return { challenge: name, session, ...(Object.keys(parameters).length > 0 && { parameters }) };
}
