import { z } from "zod";
import type { Cognito } from "../cognito";
import { invalidParameter } from "../failures";
import type { Client } from "../model/client";
import type { Pool } from "../model/pool";
import type { User } from "../model/user";
import { signed, unsigned } from "../protocol/operation";
import { clientId, stringMap, userPoolId } from "../protocol/parameters";
import { allowedFlow, flowNames } from "../rules/auth-flow";
import { assertSecretHash } from "../rules/secret-hash";
import { assertRefresh, decideSignIn } from "../rules/sign-in";
import { passwordMatches } from "../store/password-hash";
import { fingerprint } from "../tokens/opaque";
import { challengeNewPassword } from "./challenge";
import { refreshTokens, tokensFor } from "./tokens";

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
    ? refresh(cognito, pool, client, request.AuthParameters)
    : withPassword(cognito, pool, client, request.AuthParameters);
}

async function withPassword(
  cognito: Cognito,
  pool: Pool,
  client: Client,
  parameters: Record<string, string>,
): Promise<object> {
  const name = required(parameters, "USERNAME");
  const password = required(parameters, "PASSWORD");
  assertSecretHash(client, name, parameters.SECRET_HASH);
  const stored = cognito.userNamed(pool, name)?.password;
  const matches = await passwordMatches(stored, password);
  const current = cognito.userNamed(pool, name);
  // Compared with what was stored before the wait: a password that was changed meanwhile did not match.
  const { user, outcome } = decideSignIn(
    client,
    current,
    matches && current?.password === stored,
    cognito.now(),
  );
  return outcome === "NEW_PASSWORD_REQUIRED"
    ? challengeNewPassword(cognito, pool, client, user)
    : { AuthenticationResult: await signedIn(cognito, pool, client, user), ChallengeParameters: {} };
}

function signedIn(cognito: Cognito, pool: Pool, client: Client, user: User): Promise<object> {
  return tokensFor(cognito, pool, client, user, "TokenGeneration_Authentication");
}

async function refresh(
  cognito: Cognito,
  pool: Pool,
  client: Client,
  parameters: Record<string, string>,
): Promise<object> {
  const token = required(parameters, "REFRESH_TOKEN");
  const grant = cognito.grantOfRefresh(fingerprint(token));
  // Over the real username, which the token alone knows: a caller without the secret learns nothing of it.
  assertSecretHash(client, grant?.username ?? "", parameters.SECRET_HASH);
  const user = grant && cognito.user(grant.poolId, grant.username);
  assertRefresh(grant, user, { client, now: cognito.now() });
  return { AuthenticationResult: await refreshTokens(cognito, pool, client, grant), ChallengeParameters: {} };
}

/** @throws InvalidParameterException */
function required(parameters: Record<string, string>, name: string): string {
  const value = parameters[name];
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}
