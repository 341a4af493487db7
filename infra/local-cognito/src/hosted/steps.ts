import { z } from "zod";
import type { ChallengeName, FirstFactor, User } from "../model/user";
import { softwareTokenOperations } from "../operations/account/software-token";
import type { Answer } from "../operations/sign-in/challenge";
import type { OpenedChallenge } from "../operations/sign-in/challenge-opening";
import type { FirstChallenge, firstChallenges } from "../operations/sign-in/user-auth";
import { missingAttributes } from "../rules/attributes";
import { masked } from "../rules/delivery";
import { fingerprint } from "../rules/fingerprint";
import { poolFactors, usableFactors } from "../rules/next-step";
import type { ThroughClient } from "../store/cognito";
import type { AuthorizeRequest } from "./authorize-request";
import type { OpenSession, View } from "./view";

/** What USER_AUTH asks for. EMAIL_OTP may be a second factor as well, and is answered in the same way. */
type First = (typeof firstChallenges)[number];
const firsts = [
  "SELECT_CHALLENGE",
  "PASSWORD",
  "EMAIL_OTP",
  "SMS_OTP",
  "WEB_AUTHN",
] as const satisfies First[];

/** Which challenge of USER_AUTH the form answers. */
export function firstIn(form: URLSearchParams): First | undefined {
  return firsts.find((name) => name === form.get("challenge"));
}

/** The form as the API's answer to it. */
export function firstAnswerIn(name: First, form: URLSearchParams) {
  const said = (field: string) => form.get(field) ?? "";
  const answers: Record<First, Record<string, string>> = {
    SELECT_CHALLENGE: { ANSWER: said("answer") },
    PASSWORD: { PASSWORD: said("password") },
    EMAIL_OTP: { EMAIL_OTP_CODE: codeIn(form) },
    SMS_OTP: { SMS_OTP_CODE: codeIn(form) },
    WEB_AUTHN: { CREDENTIAL: said("credential") },
  };
  const ChallengeResponses = { USERNAME: said("username"), ...answers[name] };
  return { name, Session: said("session"), ChallengeResponses };
}

const codeIn = (form: URLSearchParams) => (form.get("code") ?? "").replace(/\s/g, "");

/** The page for a challenge of USER_AUTH that was just opened for this name. */
export function firstView(
  request: AuthorizeRequest,
  { ChallengeName, Session: session, ChallengeParameters, AvailableChallenges = [] }: FirstChallenge,
  username: string,
): View {
  const open = { session, username };
  switch (ChallengeName) {
    case "SELECT_CHALLENGE":
      return { kind: ChallengeName, open, factors: AvailableChallenges.filter(isOnPage) };
    case "PASSWORD":
      return { kind: ChallengeName, open };
    case "WEB_AUTHN":
      return { kind: ChallengeName, open, options: ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS ?? "" };
    case "EMAIL_OTP":
    case "SMS_OTP":
      return { kind: ChallengeName, open, to: destination(request, ChallengeName, username) };
  }
}

/** A form sends a password; only scripts prove one. */
const isOnPage = (factor: FirstFactor) => factor !== "PASSWORD_SRP";

/** For a name that does not exist as for any other. */
function destination(
  { cognito, pool }: AuthorizeRequest,
  factor: "EMAIL_OTP" | "SMS_OTP",
  username: string,
): string {
  const attributes = cognito.userNamed(pool, username)?.attributes;
  return masked(attributes?.[factor === "EMAIL_OTP" ? "email" : "phone_number"] ?? username);
}

const names = [
  "NEW_PASSWORD_REQUIRED",
  "SMS_MFA",
  "SOFTWARE_TOKEN_MFA",
  "SELECT_MFA_TYPE",
  "MFA_SETUP",
] as const satisfies ChallengeName[];

/** Which other challenge the form answers; none when it is the first one, with the password. */
export function challengeIn(form: URLSearchParams): (typeof names)[number] | undefined {
  return names.find((name) => name === form.get("challenge"));
}

/** The form as the API's answer to a challenge. */
export async function answerIn(
  { cognito, client }: ThroughClient,
  challenge: (typeof names)[number],
  form: URLSearchParams,
): Promise<Answer> {
  const code = codeIn(form);
  const session = form.get("session") ?? "";
  const answer = (Session: string, responses: Record<string, string>): Answer => ({
    ClientId: client.id,
    ChallengeName: challenge,
    Session,
    ChallengeResponses: { USERNAME: form.get("username") ?? "", ...responses },
  });
  switch (challenge) {
    case "NEW_PASSWORD_REQUIRED":
      return answer(session, { NEW_PASSWORD: form.get("password") ?? "", ...attributesIn(form) });
    case "SMS_MFA":
      return answer(session, { SMS_MFA_CODE: code });
    case "SOFTWARE_TOKEN_MFA":
      return answer(session, { SOFTWARE_TOKEN_MFA_CODE: code });
    case "SELECT_MFA_TYPE":
      return answer(session, { ANSWER: form.get("answer") ?? "" });
    case "MFA_SETUP": {
      const request = { Session: session, UserCode: code };
      const verified = await softwareTokenOperations.VerifySoftwareToken.run(cognito, request);
      return answer(sessionAnswer.parse(verified).Session, {});
    }
  }
}

const sessionAnswer = z.object({ Session: z.string() });

function attributesIn(form: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...form].filter(([name]) => name.startsWith("userAttributes.")));
}

/** The page for a challenge that was just opened. */
export async function viewOf(
  request: AuthorizeRequest,
  { ChallengeName, Session, ChallengeParameters }: OpenedChallenge,
): Promise<View> {
  const username = ChallengeParameters.USER_ID_FOR_SRP ?? "";
  // The pages present no device, so that none is asked.
  if (ChallengeName === "DEVICE_SRP_AUTH") return { kind: "password", username };
  if (ChallengeName !== "MFA_SETUP") return viewFor(request, ChallengeName, { session: Session, username });
  if (!poolFactors(request.pool).includes("SOFTWARE_TOKEN_MFA")) return { kind: "setup-unavailable" };
  const associated = await softwareTokenOperations.AssociateSoftwareToken.run(request.cognito, { Session });
  const session = sessionAnswer.parse(associated).Session;
  return viewFor(request, ChallengeName, { session, username });
}

/** The page that the form came from, as long as its challenge still waits for an answer. */
export function standingView(request: AuthorizeRequest, form: URLSearchParams): View | undefined {
  const [first, other] = [firstIn(form), challengeIn(form)];
  const session = form.get("session") ?? "";
  const stored = request.cognito.challenge(fingerprint(session));
  const stands =
    stored &&
    stored.challenge === (first ?? other) &&
    stored.clientId === request.client.id &&
    !stored.used &&
    stored.expiresAt > request.cognito.now();
  if (!stands) return undefined;
  const username = form.get("username") ?? "";
  if (first === "EMAIL_OTP" || first === "SMS_OTP") {
    return { kind: first, open: { session, username }, to: destination(request, first, username) };
  }
  return other && viewFor(request, other, { session, username: stored.username });
}

function viewFor({ cognito, pool }: AuthorizeRequest, kind: ChallengeName, open: OpenSession): View {
  const user: User | undefined = cognito.user(pool.id, open.username);
  if (!user) return { kind: "password", username: "" };
  switch (kind) {
    case "NEW_PASSWORD_REQUIRED":
      return { kind, open, missing: missingAttributes(pool, user.attributes) };
    case "SMS_MFA":
      return { kind, open, to: masked(user.attributes.phone_number ?? "") };
    case "EMAIL_OTP":
      return { kind, open, to: masked(user.attributes.email ?? "") };
    case "SOFTWARE_TOKEN_MFA":
      return { kind, open };
    case "SELECT_MFA_TYPE":
      return { kind, open, factors: usableFactors(pool, user) };
    case "MFA_SETUP":
      return {
        kind,
        open,
        key: user.mfa?.softwareToken?.secret ?? "",
        account: user.attributes.email ?? user.username,
      };
  }
}
