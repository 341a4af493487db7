import { z } from "zod";
import { type Client, type ClientSettings, clientSettings } from "../../model/client";
import { invalidParameter, notInTier } from "../../model/failures";
import type { Pool } from "../../model/pool";
import { assertExplicitFlows } from "../../rules/auth-flow";
import { customClientId, idTaken, newClientName } from "../../rules/custom-id";
import { assertOAuthSettings } from "../../rules/oauth-client";
import { assertRotation, assertRotationSaid, describeRotation } from "../../rules/rotation";
import { assertClientAttributes } from "../../rules/schema";
import { assertValidities } from "../../rules/validity";
import type { Cognito } from "../../store/cognito";
import { drop, put } from "../../store/store";
import { newClientId, newClientSecret } from "../../tokens/opaque";
import { signed } from "../operation";
import { page } from "../page";
import {
  clientId,
  clientSecret,
  pageSize,
  pageToken,
  resourceName,
  userPoolId,
  wireTime,
} from "../parameters";
import { warnOfUnlisted } from "./unlisted-attributes";

const named = z.object({ UserPoolId: userPoolId, ClientId: clientId });

export const clientOperations = {
  CreateUserPoolClient: signed(
    clientSettings.extend({
      UserPoolId: userPoolId,
      ClientName: newClientName,
      GenerateSecret: z.boolean().default(false),
      ClientSecret: clientSecret.optional(),
    }),
    (cognito, { UserPoolId, ClientName, GenerateSecret, ClientSecret, ...settings }) => {
      const pool = cognito.pool(UserPoolId);
      if (GenerateSecret && ClientSecret) {
        throw invalidParameter("GenerateSecret and ClientSecret cannot be set together.");
      }
      const secret = GenerateSecret ? newClientSecret() : ClientSecret;
      assertSettings(pool, settings, "creating");
      assertOAuthSettings(settings, secret !== undefined, cognito.resourceServers(pool));
      assertProviders(cognito, pool, settings);
      const id = customClientId(ClientName) ?? newClientId();
      if (cognito.clientOf(id)) throw idTaken(id);
      const now = cognito.now();
      const client: Client = {
        id,
        poolId: pool.id,
        name: ClientName,
        secret,
        createdAt: now,
        modifiedAt: now,
        settings,
      };
      cognito.commit(put("clients", client));
      warnOfUnlisted(cognito, pool, client);
      return { UserPoolClient: describeClient(client) };
    },
  ),

  DescribeUserPoolClient: signed(named, (cognito, { UserPoolId, ClientId }) => ({
    UserPoolClient: describeClient(cognito.client(ClientId, cognito.pool(UserPoolId))),
  })),

  UpdateUserPoolClient: signed(
    clientSettings.extend({ ...named.shape, ClientName: resourceName.optional() }),
    (cognito, { UserPoolId, ClientId, ClientName, ...settings }) => {
      const pool = cognito.pool(UserPoolId);
      const client = cognito.client(ClientId, pool);
      assertSettings(pool, settings, "updating");
      assertRotationSaid(client, settings);
      assertOAuthSettings(settings, client.secret !== undefined, cognito.resourceServers(pool));
      assertProviders(cognito, pool, settings);
      const updated = { ...client, name: ClientName ?? client.name, settings, modifiedAt: cognito.now() };
      cognito.commit(put("clients", updated));
      warnOfUnlisted(cognito, pool, updated);
      return { UserPoolClient: describeClient(updated) };
    },
  ),

  DeleteUserPoolClient: signed(named, (cognito, { UserPoolId, ClientId }) => {
    const pool = cognito.pool(UserPoolId);
    const client = cognito.client(ClientId, pool);
    const ofClient = (record: { clientId: string }) => record.clientId === client.id;
    cognito.commit(
      ...cognito
        .terms(pool)
        .filter(ofClient)
        .map((each) => drop("terms", each)),
      ...cognito
        .brandings(pool)
        .filter(ofClient)
        .map((each) => drop("brandings", each)),
      drop("clients", client),
    );
    return {};
  }),

  ListUserPoolClients: signed(
    z.object({
      UserPoolId: userPoolId,
      MaxResults: pageSize.min(1).optional(),
      NextToken: pageToken.optional(),
      ClientType: z.enum(["REGULAR", "DCR"]).optional(),
    }),
    (cognito, { UserPoolId, MaxResults, NextToken, ClientType }) => {
      const all = cognito.clients(cognito.pool(UserPoolId));
      // None registered itself here.
      const clients = ClientType === "DCR" ? [] : all;
      const { items, next } = page(clients, (client) => client.id, { limit: MaxResults, token: NextToken });
      const UserPoolClients = items.map(({ id, name }) => ({ ClientId: id, UserPoolId, ClientName: name }));
      return { UserPoolClients, ...next };
    },
  ),
};

function assertSettings(pool: Pool, settings: ClientSettings, doing: "creating" | "updating"): void {
  assertRotation(settings);
  assertClientAttributes(pool.schema, settings, doing);
  assertExplicitFlows(settings);
  if (pool.settings.UserPoolTier === "LITE" && settings.ExplicitAuthFlows?.includes("ALLOW_USER_AUTH")) {
    throw notInTier("ALLOW_USER_AUTH");
  }
  if (pool.settings.UserPoolTier === "LITE" && settings.RefreshTokenRotation?.Feature === "ENABLED") {
    throw notInTier("Refresh token rotation");
  }
  assertValidities(settings);
}

function assertProviders(cognito: Cognito, pool: Pool, settings: ClientSettings): void {
  const isThere = (name: string) => name === "COGNITO" || cognito.identityProvider(pool, name) !== undefined;
  const unknown = settings.SupportedIdentityProviders?.find((name) => !isThere(name));
  if (unknown !== undefined) {
    throw invalidParameter(`The provider ${unknown} does not exist for User Pool ${pool.id}.`);
  }
}

function describeClient(client: Client): object {
  return {
    UserPoolId: client.poolId,
    ClientId: client.id,
    ClientName: client.name,
    ...(client.secret && { ClientSecret: client.secret }),
    ...client.settings,
    ...describeRotation(client.settings),
    CreationDate: wireTime(client.createdAt),
    LastModifiedDate: wireTime(client.modifiedAt),
  };
}
