import { z } from "zod";
import { invalidParameter } from "../../model/failures";
import type { User } from "../../model/user";
import { attributesTold } from "../../rules/federation";
import { isReadable } from "../../rules/schema";
import { parseFilter } from "../../rules/user-filter";
import type { Cognito } from "../../store/cognito";
import { type Change, drop, put } from "../../store/store";
import { readAccessToken } from "../../tokens/access-token";
import { signed, unsigned } from "../operation";
import { page } from "../page";
import {
  accessToken,
  attributeName,
  attributesTo,
  pageSize,
  pageToken,
  username,
  userPoolId,
  wireTime,
} from "../parameters";
import { describeMfa, describeUser } from "./user-answer";

const named = z.object({ UserPoolId: userPoolId, Username: username });

export const userOperations = {
  AdminGetUser: signed(named, (cognito, { UserPoolId, Username }) => {
    const user = cognito.existingUser(cognito.pool(UserPoolId), Username);
    return {
      Username: user.username,
      UserAttributes: attributesTo(attributesTold(user)),
      UserCreateDate: wireTime(user.createdAt),
      UserLastModifiedDate: wireTime(user.modifiedAt),
      Enabled: user.enabled,
      UserStatus: user.status,
      ...describeMfa(user),
    };
  }),

  GetUser: unsigned(z.object({ AccessToken: accessToken }), async (cognito, { AccessToken }) => {
    const { user, clientId } = await readAccessToken(AccessToken, cognito);
    const { ReadAttributes } = cognito.client(clientId).settings;
    return {
      Username: user.username,
      UserAttributes: attributesTo(attributesTold(user)).filter(({ Name }) =>
        isReadable(ReadAttributes, Name),
      ),
      ...describeMfa(user),
    };
  }),

  ListUsers: signed(
    z.object({
      UserPoolId: userPoolId,
      AttributesToGet: z.array(attributeName).optional(),
      Limit: pageSize.optional(),
      PaginationToken: pageToken.optional(),
      Filter: z.string().max(256).optional(),
    }),
    (cognito, { UserPoolId, AttributesToGet, Limit, PaginationToken, Filter }) => {
      const pool = cognito.pool(UserPoolId);
      const known = new Set(pool.schema.map((attribute) => attribute.Name));
      if (AttributesToGet?.some((name) => !known.has(name))) {
        throw invalidParameter("One or more requested attributes do not exist.");
      }
      const users = cognito.users(pool).filter(parseFilter(Filter));
      const { items, next } = page(users, (user) => user.username, { limit: Limit, token: PaginationToken });
      return {
        Users: items.map((user) => describeUser(user, AttributesToGet)),
        ...(next.NextToken && { PaginationToken: next.NextToken }),
      };
    },
  ),

  AdminDeleteUser: signed(named, (cognito, { UserPoolId, Username }) => {
    const user = cognito.existingUser(cognito.pool(UserPoolId), Username);
    cognito.commit(...deletion(cognito, user));
    return {};
  }),

  AdminDisableUser: signed(named, (cognito, { UserPoolId, Username }) => {
    const user = cognito.existingUser(cognito.pool(UserPoolId), Username);
    const disabled = { ...user, enabled: false, modifiedAt: cognito.now() };
    // "Deactivates a user profile and revokes all access tokens for the user" (API reference).
    cognito.commit(put("users", disabled), ...revocations(cognito, user));
    return {};
  }),

  AdminEnableUser: signed(named, (cognito, { UserPoolId, Username }) => {
    const user = cognito.existingUser(cognito.pool(UserPoolId), Username);
    cognito.commit(put("users", { ...user, enabled: true, modifiedAt: cognito.now() }));
    return {};
  }),
};

/** The changes that delete a user with what belongs to them. */
export function deletion(cognito: Cognito, user: User): Change[] {
  return [
    ...cognito.grantsOf(user).map((grant) => drop("grants", grant)),
    ...cognito.challengesOf(user).map((challenge) => drop("challenges", challenge)),
    drop("users", user),
  ];
}

/** The changes that end every sign-in of a user. */
export function revocations(cognito: Cognito, user: User): Change[] {
  return cognito
    .grantsOf(user)
    .filter((grant) => !grant.revoked)
    .map((grant) => put("grants", { ...grant, revoked: true }));
}
