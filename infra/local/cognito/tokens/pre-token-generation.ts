import { z } from "zod";
import { notHere, triggerFailed } from "../failures";
import type { Pool } from "../model/pool";
import { accessClaims, type Claims, idClaims, rolesOf, scopesOf, type TokenSubject } from "./claims";
import { runTrigger, type TriggerEvent, type Triggers } from "./trigger";

/** Why tokens are being made, as the trigger is told. */
export type TokenSource =
  | "TokenGeneration_Authentication"
  | "TokenGeneration_NewPasswordChallenge"
  | "TokenGeneration_RefreshTokens"
  | "TokenGeneration_HostedAuth";

const names = z.array(z.string()).nullish();
const claimChanges = z
  .object({ claimsToAddOrOverride: z.record(z.string(), z.unknown()).nullish(), claimsToSuppress: names })
  .nullish();
const answer = z.object({
  claimsAndScopeOverrideDetails: z
    .object({
      idTokenGeneration: claimChanges,
      accessTokenGeneration: z
        .object({
          claimsToAddOrOverride: z.record(z.string(), z.unknown()).nullish(),
          claimsToSuppress: names,
          scopesToAdd: names,
          scopesToSuppress: names,
        })
        .nullish(),
      groupOverrideDetails: z
        .object({ groupsToOverride: names, iamRolesToOverride: names, preferredRole: z.string().nullish() })
        .nullish(),
    })
    .nullish(),
});

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
  pool: Pool,
  subject: TokenSubject,
  context: { triggers: Triggers; source: TokenSource; clientMetadata?: Record<string, string> | undefined },
): Promise<{ access: Claims; id: Claims }> {
  const claims = { access: accessClaims(subject), id: idClaims(subject) };
  const { PreTokenGeneration: oldArn, PreTokenGenerationConfig: config } = pool.settings.LambdaConfig;
  if (!config && !oldArn) return claims;
  if (config?.LambdaVersion !== "V2_0") throw notHere("pre token generation triggers other than V2_0");
  const event = eventFor(pool, subject, context);
  const response = await runTrigger(context.triggers, config.LambdaArn, "PreTokenGeneration", event);
  const parsed = answer.safeParse(response);
  if (!parsed.success) throw triggerFailed.badResponse();
  const details = parsed.data.claimsAndScopeOverrideDetails;
  if (!details) return claims;
  const grouped = overrideGroups(claims, details.groupOverrideDetails);
  const access = changeClaims(grouped.access, details.accessTokenGeneration, fixedOnAccess);
  const { scopesToAdd, scopesToSuppress } = details.accessTokenGeneration ?? {};
  const scopes = new Set([...scopesOf(subject.grant), ...(scopesToAdd ?? [])]);
  for (const scope of scopesToSuppress ?? []) scopes.delete(scope);
  return {
    access: { ...access, scope: [...scopes].join(" ") },
    id: changeClaims(grouped.id, details.idTokenGeneration, fixedOnId),
  };
}

function eventFor(
  pool: Pool,
  { user, client, groups, grant }: TokenSubject,
  { source, clientMetadata }: { source: TokenSource; clientMetadata?: Record<string, string> | undefined },
): TriggerEvent {
  const roles = rolesOf(groups);
  return {
    version: "2",
    triggerSource: source,
    region: pool.id.split("_")[0] ?? "",
    userPoolId: pool.id,
    userName: user.username,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: client.id },
    request: {
      userAttributes: { ...user.attributes, "cognito:user_status": user.status },
      groupConfiguration: {
        groupsToOverride: groups.map((group) => group.name),
        iamRolesToOverride: roles.all,
        preferredRole: roles.preferred ?? null,
      },
      scopes: scopesOf(grant),
      ...(clientMetadata && { clientMetadata }),
    },
    response: { claimsAndScopeOverrideDetails: null },
  };
}

function changeClaims(
  claims: Claims,
  changes: z.output<typeof claimChanges>,
  alsoFixed: Set<string>,
): Claims {
  const changed = { ...claims };
  const isFixed = (name: string) =>
    fixed.has(name) || alsoFixed.has(name) || name.startsWith("cognito:") || name.startsWith("dev:");
  for (const name of changes?.claimsToSuppress ?? []) if (!isFixed(name)) delete changed[name];
  for (const [name, value] of Object.entries(changes?.claimsToAddOrOverride ?? {})) {
    if (!isFixed(name)) changed[name] = value;
  }
  return changed;
}

function overrideGroups(
  claims: { access: Claims; id: Claims },
  override:
    | {
        groupsToOverride?: string[] | null | undefined;
        iamRolesToOverride?: string[] | null | undefined;
        preferredRole?: string | null | undefined;
      }
    | null
    | undefined,
): { access: Claims; id: Claims } {
  if (!override) return claims;
  const groups = override.groupsToOverride ? { "cognito:groups": override.groupsToOverride } : {};
  return {
    access: { ...claims.access, ...groups },
    id: {
      ...claims.id,
      ...groups,
      ...(override.iamRolesToOverride && { "cognito:roles": override.iamRolesToOverride }),
      ...(override.preferredRole && { "cognito:preferred_role": override.preferredRole }),
    },
  };
}
