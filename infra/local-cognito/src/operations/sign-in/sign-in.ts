import { z } from "zod";
import type { Client } from "../../model/client";
import { invalidParameter, notAuthorized } from "../../model/failures";
import type { Pool } from "../../model/pool";
import { allowedFlow, flowNames } from "../../rules/auth-flow";
import { fingerprint } from "../../rules/fingerprint";
import { rotates } from "../../rules/rotation";
import { assertSecretHash } from "../../rules/secret-hash";
import type { Cognito } from "../../store/cognito";
import { signed, unsigned } from "../operation";
import { clientId, stringMap, userPoolId } from "../parameters";
import { type Attempt, authenticate } from "./authentication";
import type { OpenedChallenge } from "./challenge-opening";
import { proceed } from "./proceeding";
import { refreshTokens } from "./refreshing";
import { type Completion, withTokens } from "./tokens";

const initiate = z.object({
  ClientId: clientId,
  AuthFlow: z.enum(flowNames),
  AuthParameters: stringMap.default({}),
  ClientMetadata: stringMap.optional(),
});
type Initiate = z.output<typeof initiate>;

export const signInOperations = {
  AdminInitiateAuth: signed(initiate.extend({ UserPoolId: userPoolId }), (cognito, request) => {
    const pool = cognito.pool(request.UserPoolId);
    return begin(cognito, pool, cognito.client(request.ClientId, pool), request, true);
  }),

  InitiateAuth: unsigned(initiate, (cognito, request) => {
    const client = cognito.client(request.ClientId);
    return begin(cognito, cognito.pool(client.poolId), client, request, false);
  }),
};

function begin(
  cognito: Cognito,
  pool: Pool,
  client: Client,
  request: Initiate,
  admin: boolean,
): Promise<object> {
  const flow = allowedFlow(client.settings, request.AuthFlow, admin);
  return flow === "REFRESH_TOKEN_AUTH"
    ? refresh(cognito, pool, client, request)
    : withPassword(cognito, pool, client, request);
}

async function withPassword(
  cognito: Cognito,
  pool: Pool,
  client: Client,
  { AuthParameters, ClientMetadata }: Initiate,
): Promise<object> {
  const name = required(AuthParameters, "USERNAME");
  const password = required(AuthParameters, "PASSWORD");
  assertSecretHash(client, name, AuthParameters.SECRET_HASH);
  const attempt = { name, password, clientMetadata: ClientMetadata };
  return await passwordSignIn(cognito, pool, client, attempt, withTokens(cognito, pool, client));
}

/**
 * A sign-in with a password, by whichever door (API or Hosted UI) it came in.
 * @returns the next challenge, or what `complete` makes of the user.
 * @throws what `authenticate` refuses.
 */
export async function passwordSignIn<T>(
  cognito: Cognito,
  pool: Pool,
  client: Client,
  attempt: Attempt,
  complete: Completion<T>,
): Promise<OpenedChallenge | T> {
  return await proceed(cognito, pool, client, await authenticate(cognito, pool, client, attempt), complete);
}

async function refresh(
  cognito: Cognito,
  pool: Pool,
  client: Client,
  { AuthParameters, ClientMetadata }: Initiate,
): Promise<object> {
  const token = required(AuthParameters, "REFRESH_TOKEN");
  const grant = cognito.grantOfRefresh(fingerprint(token));
  // Over the real username, which the token alone knows: a caller without the secret learns nothing of it.
  assertSecretHash(client, grant?.username ?? "", AuthParameters.SECRET_HASH);
  if (rotates(client)) throw notAuthorized.refreshTokenRotates();
  const tokens = await refreshTokens(cognito, pool, client, token, ClientMetadata);
  return { AuthenticationResult: tokens, ChallengeParameters: {} };
}

/** @throws InvalidParameterException */
function required(parameters: Record<string, string>, name: string): string {
  const value = parameters[name];
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}
