import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Client } from "../model/client";
import { triggerFailed } from "../model/failures";
import { type Pool, regionOf } from "../model/pool";
import { attributesTold } from "../rules/federation";
import { validitiesOf } from "../rules/validity";
import { accessClaims, type Claims, idClaims, rolesOf, scopesOf, type TokenSubject } from "./claims";
import { runTrigger, type TriggerEvent, type Triggers } from "./trigger";

/** Why tokens are being made, as the trigger is told. */
export type TokenSource =
  | "TokenGeneration_Authentication"
  | "TokenGeneration_NewPasswordChallenge"
  | "TokenGeneration_RefreshTokens"
  | "TokenGeneration_AuthenticateDevice"
  | "TokenGeneration_HostedAuth";

/** For which pool, and why. */
interface Generation {
  pool: Pool;
  triggers: Triggers;
  source: TokenSource;
  clientMetadata?: Record<string, string> | undefined;
}

const names = z.array(z.string()).nullish();
const claims = z.record(z.string(), z.unknown()).nullish();
const claimChanges = z.object({ claimsToAddOrOverride: claims, claimsToSuppress: names }).nullish();
const groupChanges = z
  .object({ groupsToOverride: names, iamRolesToOverride: names, preferredRole: z.string().nullish() })
  .nullish();
const answer = z
  .object({
    idTokenGeneration: claimChanges,
    accessTokenGeneration: z
      .object({
        claimsToAddOrOverride: claims,
        claimsToSuppress: names,
        scopesToAdd: names,
        scopesToSuppress: names,
      })
      .nullish(),
    groupOverrideDetails: groupChanges,
  })
  .nullish();
/** V1_0 knows the ID token only, and the groups. */
const oldAnswer = z
  .object({ claimsToAddOrOverride: claims, claimsToSuppress: names, groupOverrideDetails: groupChanges })
  .nullish();

/** Claims that a trigger cannot touch (developer guide, "Pre token generation Lambda trigger"). */
const fixed = new Set(
  "acr amr at_hash auth_time azp exp iat iss jti nbf nonce origin_jti sub token_use".split(" "),
);
const fixedOnId = new Set("aud cognito:username identities".split(" "));
const fixedOnAccess = new Set(
  "client_id cognito:username device_key event_id scope username version".split(" "),
);

/**
 * The claims of both tokens, after the pool's pre-token-generation trigger where it has one.
 * @throws UserLambdaValidationException and its kin (see `runTrigger`)
 */
export async function tokenClaims(
  subject: TokenSubject,
  generation: Generation,
): Promise<{ access: Claims; id: Claims }> {
  const plain = { access: accessClaims(subject), id: idClaims(subject) };
  const { triggers, pool } = generation;
  const { PreTokenGeneration, PreTokenGenerationConfig } = pool.settings.LambdaConfig;
  const arn = PreTokenGenerationConfig?.LambdaArn ?? PreTokenGeneration;
  if (!arn) return plain;
  const version = VERSIONS[PreTokenGenerationConfig?.LambdaVersion ?? "V1_0"];
  const event = eventFor(version, subject, generation);
  const response = await runTrigger({ triggers, arn, name: "PreTokenGeneration" }, event);
  const details = version !== "1" ? newDetails(response) : oldDetails(response);
  if (!details) return plain;
  const grouped = overrideGroups(plain, details.groupOverrideDetails);
  assertAudience(subject.client, details.accessTokenGeneration);
  const access = changeClaims(grouped.access, details.accessTokenGeneration, fixedOnAccess);
  const scope = changedScopes(scopesOf(subject.grant), details.accessTokenGeneration);
  return {
    access: { ...access, scope },
    id: changeClaims(grouped.id, details.idTokenGeneration, fixedOnId),
  };
}

const VERSIONS = { V1_0: "1", V2_0: "2", V3_0: "3" } as const;

/** A client that asks for a token of its own. Times are ms since the epoch. */
interface ClientSubject {
  client: Client;
  scopes: string[];
  issuer: string;
  now: number;
}

/**
 * The claims of a client's own access token, after the pool's trigger where that is of version V3_0, which alone runs for it.
 * @throws UserLambdaValidationException and its kin
 */
export async function clientClaims(
  { client, scopes, issuer, now }: ClientSubject,
  { pool, triggers, clientMetadata }: Omit<Generation, "source">,
): Promise<Claims> {
  const seconds = Math.floor(now / 1_000);
  const claims = {
    sub: client.id,
    token_use: "access",
    auth_time: seconds,
    iss: issuer,
    exp: seconds + validitiesOf(client.settings).access,
    iat: seconds,
    version: 2,
    jti: randomUUID(),
    client_id: client.id,
  };
  const plain = { ...claims, scope: scopes.join(" ") };
  const { PreTokenGenerationConfig: config } = pool.settings.LambdaConfig;
  if (config?.LambdaVersion !== "V3_0") return plain;
  const response = await runTrigger(
    { triggers, arn: config.LambdaArn, name: "PreTokenGeneration" },
    {
      version: "3",
      triggerSource: "TokenGeneration_ClientCredentials",
      region: regionOf(pool),
      userPoolId: pool.id,
      userName: client.id,
      callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: client.id },
      request: {
        userAttributes: {},
        groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
        scopes,
        ...(clientMetadata && { clientMetadata }),
      },
      response: { claimsAndScopeOverrideDetails: null },
    },
  );
  const changes = newDetails(response)?.accessTokenGeneration;
  assertAudience(client, changes);
  return { ...changeClaims(claims, changes, fixedOnAccess), scope: changedScopes(scopes, changes) };
}

/**
 * An access token's `aud` from a trigger "must match the app client ID of the current session" (developer guide). What is said
 * of another one is not: refused, as an answer that is no good [unconfirmed].
 * @throws InvalidLambdaResponseException
 */
function assertAudience({ id }: Client, changes: z.output<typeof claimChanges>): void {
  const { aud = id } = changes?.claimsToAddOrOverride ?? {};
  if (aud !== id) throw triggerFailed.badResponse();
}

/** @throws InvalidLambdaResponseException */
function newDetails(response: Record<string, unknown>): z.output<typeof answer> {
  const parsed = answer.safeParse(response.claimsAndScopeOverrideDetails);
  if (!parsed.success) throw triggerFailed.badResponse();
  return parsed.data;
}

/** A V1_0 response in the shape of V2_0. @throws InvalidLambdaResponseException */
function oldDetails(response: Record<string, unknown>): z.output<typeof answer> {
  const parsed = oldAnswer.safeParse(response.claimsOverrideDetails);
  if (!parsed.success) throw triggerFailed.badResponse();
  if (!parsed.data) return undefined;
  const { groupOverrideDetails, ...idTokenGeneration } = parsed.data;
  return { idTokenGeneration, groupOverrideDetails };
}

function eventFor(
  version: "1" | "2" | "3",
  { user, client, groups, grant }: TokenSubject,
  { pool, source, clientMetadata }: Generation,
): TriggerEvent {
  const roles = rolesOf(groups);
  return {
    version,
    triggerSource: source,
    region: regionOf(pool),
    userPoolId: pool.id,
    userName: user.username,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: client.id },
    request: {
      userAttributes: { ...attributesTold(user), "cognito:user_status": user.status },
      groupConfiguration: {
        groupsToOverride: groups.map((group) => group.name),
        iamRolesToOverride: roles.all,
        preferredRole: roles.preferred ?? null,
      },
      ...(version !== "1" && { scopes: scopesOf(grant) }),
      ...(clientMetadata && { clientMetadata }),
    },
    response: version !== "1" ? { claimsAndScopeOverrideDetails: null } : { claimsOverrideDetails: null },
  };
}

function changedScopes(
  before: string[],
  changes:
    | { scopesToAdd?: string[] | null | undefined; scopesToSuppress?: string[] | null | undefined }
    | null
    | undefined,
): string {
  const scopes = new Set([...before, ...(changes?.scopesToAdd ?? [])]);
  for (const scope of changes?.scopesToSuppress ?? []) scopes.delete(scope);
  return [...scopes].join(" ");
}

function changeClaims(
  before: Claims,
  changes: z.output<typeof claimChanges>,
  alsoFixed: Set<string>,
): Claims {
  const changed = { ...before };
  const isFixed = (name: string) =>
    fixed.has(name) || alsoFixed.has(name) || name.startsWith("cognito:") || name.startsWith("dev:");
  for (const name of changes?.claimsToSuppress ?? []) if (!isFixed(name)) delete changed[name];
  for (const [name, value] of Object.entries(changes?.claimsToAddOrOverride ?? {})) {
    if (!isFixed(name)) changed[name] = value;
  }
  return changed;
}

function overrideGroups(
  before: { access: Claims; id: Claims },
  override: z.output<typeof groupChanges>,
): { access: Claims; id: Claims } {
  if (!override) return before;
  const groups = override.groupsToOverride ? { "cognito:groups": override.groupsToOverride } : {};
  return {
    access: { ...before.access, ...groups },
    id: {
      ...before.id,
      ...groups,
      ...(override.iamRolesToOverride && { "cognito:roles": override.iamRolesToOverride }),
      ...(override.preferredRole && { "cognito:preferred_role": override.preferredRole }),
    },
  };
}
