import { z } from "zod";
import type { Client } from "../../model/client";
import { notEnabled, notInTier } from "../../model/failures";
import type { Pool } from "../../model/pool";
import { reuseMinutesOf } from "../../rules/tracked-sessions";
import { put } from "../../store/store";
import { signed } from "../operation";
import { clientId, userPoolId } from "../parameters";

/** API reference, GetUserPoolSessionConfiguration. */
const MOST_AT_ONCE = 20;

const named = z.object({ UserPoolId: userPoolId });
const ofClient = named.extend({ ClientId: clientId });
const configuration = z.object({
  UserSessionTracking: z.enum(["ENABLED", "DISABLED"]),
  TokenSession: z.object({ MaxPerUser: z.number().int().min(1).max(100) }),
});
/** 90 days at most. */
const clientConfiguration = z.object({
  SSOSession: z.object({ MaxValidityMinutes: z.number().int().min(0).max(129_600) }),
});

/** Whether a pool keeps track of who is signed in where. */
export const sessionConfigurationOperations = {
  SetUserPoolSessionConfiguration: signed(
    named.extend(configuration.shape),
    (cognito, { UserPoolId, UserSessionTracking, TokenSession }) => {
      const pool = cognito.pool(UserPoolId);
      assertInTier(pool);
      const isTracking = UserSessionTracking === "ENABLED";
      const changed = { ...pool, sessions: { isTracking, maxPerUser: TokenSession.MaxPerUser } };
      cognito.commit(put("pools", changed));
      return describePoolSessions(changed);
    },
  ),

  GetUserPoolSessionConfiguration: signed(named, (cognito, { UserPoolId }) =>
    describePoolSessions(cognito.pool(UserPoolId)),
  ),

  SetUserPoolClientSessionConfiguration: signed(
    ofClient.extend(clientConfiguration.shape),
    (cognito, { UserPoolId, ClientId, SSOSession }) => {
      const pool = cognito.pool(UserPoolId);
      const client = cognito.client(ClientId, pool);
      assertInTier(pool);
      if (!pool.sessions?.isTracking) throw notEnabled("Session tracking");
      const changed = { ...client, reuseMinutes: SSOSession.MaxValidityMinutes };
      cognito.commit(put("clients", changed));
      return describeClientSessions(changed);
    },
  ),

  GetUserPoolClientSessionConfiguration: signed(ofClient, (cognito, { UserPoolId, ClientId }) =>
    describeClientSessions(cognito.client(ClientId, cognito.pool(UserPoolId))),
  ),
};

function assertInTier({ settings }: Pool): void {
  if (settings.UserPoolTier === "LITE") throw notInTier("Session tracking");
}

function describePoolSessions({ id, sessions }: Pool): object {
  return {
    UserPoolId: id,
    UserSessionTracking: sessions?.isTracking ? "ENABLED" : "DISABLED",
    TokenSession: { MaxPerUser: sessions?.maxPerUser ?? MOST_AT_ONCE },
  };
}

function describeClientSessions(client: Client): object {
  const SSOSession = { MaxValidityMinutes: reuseMinutesOf(client) };
  return { UserPoolId: client.poolId, ClientId: client.id, SSOSession };
}
