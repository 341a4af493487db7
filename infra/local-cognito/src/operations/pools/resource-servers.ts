import { z } from "zod";
import { invalidParameter, resourceNotFound } from "../../model/failures";
import type { ResourceServer } from "../../model/hosted";
import type { Pool } from "../../model/pool";
import type { Cognito } from "../../store/cognito";
import { drop, put } from "../../store/store";
import { signed } from "../operation";
import { page } from "../page";
import { pageToken, text, userPoolId } from "../parameters";

const identifier = text(1, 256, /^[\x21\x23-\x5B\x5D-\x7E]+$/);
const named = z.object({ UserPoolId: userPoolId, Identifier: identifier });
const settings = named.extend({
  Name: text(1, 256, /^[\w\s+=,.@-]+$/),
  Scopes: z
    .array(
      z.object({
        // No slash: it stands between the server's identifier and the scope.
        ScopeName: text(1, 256, /^[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+$/),
        ScopeDescription: z.string().min(1).max(256),
      }),
    )
    .max(100)
    .optional(),
});

/** APIs that tokens are for, and the scopes they know: `identifier/scope`. */
export const resourceServerOperations = {
  CreateResourceServer: signed(settings, (cognito, { UserPoolId, Identifier, Name, Scopes = [] }) => {
    const pool = cognito.pool(UserPoolId);
    if (cognito.resourceServer(pool, Identifier)) {
      throw invalidParameter(`${Identifier} already exists in user pool ${pool.id}.`);
    }
    const server: ResourceServer = { poolId: pool.id, identifier: Identifier, name: Name, scopes: Scopes };
    cognito.commit(put("resourceServers", server));
    return { ResourceServer: describeServer(server) };
  }),

  DescribeResourceServer: signed(named, (cognito, { UserPoolId, Identifier }) => ({
    ResourceServer: describeServer(existing(cognito, cognito.pool(UserPoolId), Identifier)),
  })),

  UpdateResourceServer: signed(settings, (cognito, { UserPoolId, Identifier, Name, Scopes = [] }) => {
    const server = existing(cognito, cognito.pool(UserPoolId), Identifier);
    const updated = { ...server, name: Name, scopes: Scopes };
    cognito.commit(put("resourceServers", updated));
    return { ResourceServer: describeServer(updated) };
  }),

  DeleteResourceServer: signed(named, (cognito, { UserPoolId, Identifier }) => {
    cognito.commit(drop("resourceServers", existing(cognito, cognito.pool(UserPoolId), Identifier)));
    return {};
  }),

  ListResourceServers: signed(
    z.object({
      UserPoolId: userPoolId,
      MaxResults: z.number().int().min(1).max(50).optional(),
      NextToken: pageToken.optional(),
    }),
    (cognito, { UserPoolId, MaxResults: limit = 50, NextToken: token }) => {
      const servers = cognito.resourceServers(cognito.pool(UserPoolId));
      const { items, next } = page(servers, (server) => server.identifier, { limit, token });
      return { ResourceServers: items.map(describeServer), ...next };
    },
  ),
};

function existing(cognito: Cognito, pool: Pool, id: string): ResourceServer {
  const server = cognito.resourceServer(pool, id);
  if (!server) throw resourceNotFound.resourceServer(id);
  return server;
}

function describeServer({ poolId, identifier: Identifier, name, scopes }: ResourceServer): object {
  return { UserPoolId: poolId, Identifier, Name: name, Scopes: scopes };
}
