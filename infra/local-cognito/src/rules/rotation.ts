import type { Client, ClientSettings } from "../model/client";
import { invalidParameter, notAuthorized, refreshTokenReused } from "../model/failures";
import type { Grant } from "../model/user";

/** Whether each refresh of this client gives a new refresh token. */
export function rotates(client: Client): boolean {
  return client.settings.RefreshTokenRotation?.Feature === "ENABLED";
}

/** @throws InvalidParameterException: the two cannot go together (developer guide, "Refresh token rotation"). */
export function assertRotation(settings: ClientSettings): void {
  const on = settings.RefreshTokenRotation?.Feature === "ENABLED";
  if (on && settings.ExplicitAuthFlows?.includes("ALLOW_REFRESH_TOKEN_AUTH")) {
    throw invalidParameter(
      "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled",
    );
  }
}

/**
 * An update that says nothing of rotation is refused where it was ever set (terraform-provider-aws#47196, #43531).
 * @throws InvalidParameterException
 */
export function assertRotationSaid({ settings }: Client, { RefreshTokenRotation }: ClientSettings): void {
  if (settings.RefreshTokenRotation && !RefreshTokenRotation) {
    throw invalidParameter("RefreshTokenRotation must be specified once it was set for the client.");
  }
}

/** Switched off, it has no grace (terraform-provider-aws#47554). */
export function describeRotation({ RefreshTokenRotation }: ClientSettings): object {
  return RefreshTokenRotation?.Feature === "DISABLED"
    ? { RefreshTokenRotation: { Feature: "DISABLED", RetryGracePeriodSeconds: 0 } }
    : {};
}

/** A refresh token, known by its hash, that a client presents at this time. */
interface Exchange {
  client: Client;
  grant: Grant;
  hash: string;
  now: number;
}

/**
 * Refuses a token of the family that was exchanged for another and is past its grace.
 * @throws RefreshTokenReuseException, or NotAuthorizedException where the client does not rotate any more.
 */
export function assertNotExchanged({ client, grant, hash, now }: Exchange): void {
  const token = grant.rotated?.find((rotated) => rotated.hash === hash);
  if (token?.until === undefined || now < token.until) return;
  throw rotates(client) ? refreshTokenReused() : notAuthorized.refreshTokenInvalid();
}

/** Tokens that are remembered of a family; older ones are merely invalid. */
const REMEMBERED = 50;

/**
 * The grant after `hash` was exchanged for `next`. The old token works until the end of its grace, counted from
 * its first exchange; a second exchange within it gives a further token beside the first (a client that retries
 * has perhaps lost the answer). Together they end when the sign-in's first refresh token would have.
 *
 * Source: API reference, RefreshTokenRotationType.
 */
export function exchanged({ client, grant, hash, now }: Exchange, next: string): Grant {
  const grace = (client.settings.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0) * 1_000;
  const family = grant.rotated ?? [{ hash: grant.refreshHash }];
  const spent = family.map((token) =>
    token.hash === hash ? { hash, until: token.until ?? now + grace } : token,
  );
  return { ...grant, rotated: [...spent, { hash: next }].slice(-REMEMBERED) };
}
