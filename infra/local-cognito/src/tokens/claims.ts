import { randomUUID } from "node:crypto";
import type { Client } from "../model/client";
import type { Group } from "../model/pool";
import type { Grant, User } from "../model/user";
import { identitiesClaim } from "../rules/federation";
import { isReadable } from "../rules/schema";
import { isInScope } from "../rules/scopes";
import { validitiesOf } from "../rules/validity";

export type Claims = Record<string, unknown>;

/** What a token is made from. Times are ms since the epoch. */
export interface TokenSubject {
  client: Client;
  user: User;
  /** The user's groups, strongest (lowest precedence) first. */
  groups: Group[];
  grant: Grant;
  issuer: string;
  now: number;
  /** Of the authorisation request, for the first ID token that answers it. */
  nonce?: string | undefined;
}

const seconds = (ms: number) => Math.floor(ms / 1_000);

/** Sign-ins through the API always carry this one scope; others come with the Hosted UI. */
const API_SCOPES = ["aws.cognito.signin.user.admin"];

export function scopesOf(grant: Grant): string[] {
  return grant.scopes ?? API_SCOPES;
}

function common({ client, grant, user, issuer, now }: TokenSubject, validity: number): Claims {
  const revocable = client.settings.EnableTokenRevocation;
  return {
    sub: user.attributes.sub,
    iss: issuer,
    event_id: grant.eventId,
    auth_time: seconds(grant.authenticatedAt),
    exp: seconds(now) + validity,
    iat: seconds(now),
    jti: randomUUID(),
    ...(revocable && { origin_jti: grant.originJti }),
  };
}

/** The claims of an access token (developer guide, "Understanding the access token"). No attributes, and `aud` for a resource alone. */
export function accessClaims(subject: TokenSubject): Claims {
  const { client, user, groups, grant } = subject;
  return {
    ...common(subject, validitiesOf(client.settings).access),
    ...(grant.scopes && { version: 2 }),
    ...(grant.resource !== undefined && { aud: grant.resource }),
    ...(grant.device && { device_key: grant.device.key }),
    ...(groups.length > 0 && { "cognito:groups": groups.map((group) => group.name) }),
    client_id: client.id,
    token_use: "access",
    scope: scopesOf(grant).join(" "),
    username: user.username,
  };
}

/** The claims of an ID token: those attributes that the client may read, under their names. */
export function idClaims(subject: TokenSubject): Claims {
  const { client, user, groups, grant, nonce } = subject;
  const roles = rolesOf(groups);
  return {
    ...attributeClaims(user, client, grant.scopes),
    ...common(subject, validitiesOf(client.settings).id),
    ...(groups.length > 0 && { "cognito:groups": groups.map((group) => group.name) }),
    ...(roles.all.length > 0 && { "cognito:roles": roles.all }),
    ...(roles.preferred && { "cognito:preferred_role": roles.preferred }),
    ...(user.identities?.length && { identities: identitiesClaim(user) }),
    "cognito:username": user.username,
    ...(nonce !== undefined && { nonce }),
    aud: client.id,
    token_use: "id",
  };
}

function attributeClaims(user: User, client: Client, scopes: string[] | undefined): Claims {
  const claims: Claims = {};
  for (const [name, value] of Object.entries(user.attributes)) {
    if (!isReadable(client.settings.ReadAttributes, name) || !isInScope(scopes, name)) continue;
    if (name.endsWith("_verified")) claims[name] = value === "true";
    else claims[name] = name === "address" ? { formatted: value } : value;
  }
  return claims;
}

/** The groups' IAM roles; one is preferred when the strongest precedence names exactly one. */
export function rolesOf(groups: Group[]): { all: string[]; preferred?: string } {
  const withRole = groups.filter((group) => group.roleArn !== undefined);
  const all = [...new Set(withRole.flatMap((group) => group.roleArn ?? []))];
  const strongest = Math.min(...withRole.map((group) => group.precedence ?? Number.POSITIVE_INFINITY));
  const [preferred, ...rivals] = new Set(
    withRole.filter((group) => group.precedence === strongest).map((group) => group.roleArn),
  );
  return preferred !== undefined && rivals.length === 0 ? { all, preferred } : { all };
}
