import { z } from "zod";
import { invalidParameter, notAuthorized } from "../../model/failures";
import { allowedFlow, flowNames } from "../../rules/auth-flow";
import { fingerprint } from "../../rules/fingerprint";
import { rotates } from "../../rules/rotation";
import { assertSecretHash } from "../../rules/secret-hash";
import type { ThroughClient } from "../../store/cognito";
import { signed, unsigned } from "../operation";
import { clientId, session, stringMap, userPoolId } from "../parameters";
import { type Attempt, authenticate } from "./authentication";
import type { OpenedChallenge } from "./challenge-opening";
import { beginCustom } from "./custom-auth";
import { proceed } from "./proceeding";
import { refreshTokens } from "./refreshing";
import { enterSignedUp } from "./signed-up";
import { beginSrp } from "./srp";
import { type Completion, withTokens } from "./tokens";
import { beginUserAuth } from "./user-auth";

const initiate = z.object({
  ClientId: clientId,
  AuthFlow: z.enum(flowNames),
  AuthParameters: stringMap.default({}),
  ClientMetadata: stringMap.optional(),
  /** From ConfirmSignUp. */
  Session: session.optional(),
});
type Initiate = z.output<typeof initiate>;

export const signInOperations = {
  AdminInitiateAuth: signed(initiate.extend({ UserPoolId: userPoolId }), (cognito, request) =>
    begin(cognito.throughClient(request.ClientId, cognito.pool(request.UserPoolId)), request, true),
  ),

  InitiateAuth: unsigned(initiate, (cognito, request) =>
    begin(cognito.throughClient(request.ClientId), request, false),
  ),
};

async function begin(context: ThroughClient, request: Initiate, admin: boolean): Promise<object> {
  const flow = allowedFlow(context.client.settings, request.AuthFlow, admin);
  if (flow === "REFRESH_TOKEN_AUTH") return await refresh(context, request);
  if (flow === "USER_AUTH" || flow === "CUSTOM_AUTH") return await byName(context, request, flow);
  return flow === "USER_SRP_AUTH" ? await withSrp(context, request) : await withPassword(context, request);
}

async function byName(
  context: ThroughClient,
  { AuthParameters, Session, ClientMetadata: clientMetadata }: Initiate,
  flow: "USER_AUTH" | "CUSTOM_AUTH",
): Promise<object> {
  const name = required(AuthParameters, "USERNAME");
  assertSecretHash(context.client, name, AuthParameters.SECRET_HASH);
  if (flow === "USER_AUTH" && Session) return await enterSignedUp(context, { name, Session });
  const beginning = { name, given: AuthParameters, clientMetadata };
  return flow === "USER_AUTH"
    ? await beginUserAuth(context, { ...beginning, isFirstCall: true }, withTokens(context))
    : await beginCustom(context, beginning);
}

async function withSrp(
  context: ThroughClient,
  { AuthParameters, ClientMetadata: clientMetadata }: Initiate,
): Promise<object> {
  const name = required(AuthParameters, "USERNAME");
  const key = required(AuthParameters, "SRP_A");
  assertSecretHash(context.client, name, AuthParameters.SECRET_HASH);
  return await beginSrp(context, { name, key, clientMetadata, deviceKey: AuthParameters.DEVICE_KEY });
}

async function withPassword(
  context: ThroughClient,
  { AuthParameters, ClientMetadata }: Initiate,
): Promise<object> {
  const name = required(AuthParameters, "USERNAME");
  const password = required(AuthParameters, "PASSWORD");
  assertSecretHash(context.client, name, AuthParameters.SECRET_HASH);
  const deviceKey = AuthParameters.DEVICE_KEY;
  const attempt = { name, password, deviceKey, clientMetadata: ClientMetadata };
  return await passwordSignIn(context, attempt, withTokens(context));
}

/**
 * A sign-in with a password, through the API or the Hosted UI.
 * @returns the next challenge, or what `complete` makes of the user.
 * @throws what `authenticate` refuses.
 */
export async function passwordSignIn<T>(
  context: ThroughClient,
  attempt: Attempt,
  complete: Completion<T>,
): Promise<OpenedChallenge | T> {
  return await proceed(context, await authenticate(context, attempt), complete);
}

async function refresh(context: ThroughClient, { AuthParameters }: Initiate): Promise<object> {
  const { cognito, client } = context;
  const token = required(AuthParameters, "REFRESH_TOKEN");
  const grant = cognito.grantOfRefresh(fingerprint(token));
  // Over the real username, which the token alone knows: a caller without the secret learns nothing of it.
  assertSecretHash(client, grant?.username ?? "", AuthParameters.SECRET_HASH);
  if (rotates(client)) throw notAuthorized.refreshTokenRotates();
  const tokens = await refreshTokens(context, { token, deviceKey: AuthParameters.DEVICE_KEY });
  return { AuthenticationResult: tokens, ChallengeParameters: {} };
}

/** @throws InvalidParameterException */
function required(parameters: Record<string, string>, name: string): string {
  const value = parameters[name];
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}
