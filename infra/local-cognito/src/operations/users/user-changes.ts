import { z } from "zod";
import { alreadyExists } from "../../model/failures";
import type { User } from "../../model/user";
import { assertAttributes, withoutAttributes, withVerificationReset } from "../../rules/attributes";
import { deliveryTo } from "../../rules/delivery";
import { isExternal } from "../../rules/federation";
import { changedLater } from "../../rules/later-addresses";
import { assertPassword, temporaryUntil } from "../../rules/password";
import { namesOf } from "../../rules/username";
import type { InPool } from "../../store/cognito";
import { hashPassword } from "../../store/password-hash";
import { put } from "../../store/store";
import { signed } from "../operation";
import {
  attributeList,
  attributeName,
  attributesFrom,
  password,
  stringMap,
  username,
  userPoolId,
} from "../parameters";
import { sendCode } from "../sending/codes";

const named = z.object({ UserPoolId: userPoolId, Username: username });

export const userChangeOperations = {
  AdminSetUserPassword: signed(
    named.extend({ Password: password, Permanent: z.boolean().default(false) }),
    async (cognito, { UserPoolId, Username, Password, Permanent }) => {
      const pool = cognito.pool(UserPoolId);
      const named = cognito.existingUser(pool, Username);
      assertPassword(pool, Password);
      const hashed = await hashPassword(Password, named);
      const user = cognito.existingUser(pool, Username);
      const now = cognito.now();
      cognito.commit(
        put("users", {
          ...user,
          status: Permanent ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD",
          password: Permanent ? hashed : { ...hashed, expiresAt: temporaryUntil(pool, now) },
          modifiedAt: now,
        }),
      );
      return {};
    },
  ),

  AdminUpdateUserAttributes: signed(
    named.extend({ UserAttributes: attributeList, ClientMetadata: stringMap.optional() }),
    async (cognito, { UserPoolId, Username, UserAttributes, ClientMetadata }) => {
      const pool = cognito.pool(UserPoolId);
      const user = cognito.existingUser(pool, Username);
      const changes = attributesFrom(UserAttributes);
      assertAttributes(pool, changes, true);
      const later = changedLater(pool, user, changes);
      // What is said of an address that is not yet the user's does not concern the one that is.
      const isWaiting = (name: string) => name.replace(/_verified$/, "") in later;
      const now = Object.fromEntries(Object.entries(changes).filter(([name]) => !isWaiting(name)));
      const attributes = withVerificationReset(user.attributes, now);
      const updated = withAttributes({ cognito, pool }, user, attributes);
      cognito.commit(put("users", updated));
      for (const purpose of ["email", "phone_number"] as const) {
        const value = later[purpose];
        const delivery = value !== undefined && deliveryTo(later, purpose);
        if (!delivery) continue;
        const occasion = { cognito, pool, user: updated, clientMetadata: ClientMetadata };
        await sendCode({ kind: "changed-attribute", purpose, occasion, delivery, value });
      }
      return {};
    },
  ),

  AdminDeleteUserAttributes: signed(
    named.extend({ UserAttributeNames: z.array(attributeName) }),
    (cognito, { UserPoolId, Username, UserAttributeNames }) => {
      const pool = cognito.pool(UserPoolId);
      const user = cognito.existingUser(pool, Username);
      const attributes = withoutAttributes(pool, user.attributes, UserAttributeNames);
      cognito.commit(put("users", withAttributes({ cognito, pool }, user, attributes)));
      return {};
    },
  ),
};

/**
 * The user with these attributes, found under the names that follow from them.
 * @throws AliasExistsException when one of the names is somebody else's.
 */
export function withAttributes(
  { cognito, pool }: InPool,
  user: User,
  attributes: Record<string, string>,
): User {
  const names = isExternal(user) ? user.names : namesOf(pool, user.username, attributes);
  for (const name of names) {
    const holder = cognito.userNamed(pool, name);
    if (holder && holder.username !== user.username) throw alreadyExists.alias(kindOf(attributes, name));
  }
  const codes = { ...user.codes };
  for (const name of ["email", "phone_number"] as const) {
    if (attributes[name] === user.attributes[name]) continue;
    // They went to the address that is no longer the user's.
    delete codes[name];
    delete codes["forgotten-password"];
  }
  return { ...user, attributes, names, codes, modifiedAt: cognito.now() };
}

/** Which attribute the taken name is, as the error says it. */
function kindOf(attributes: Record<string, string>, name: string): string {
  const same = (value: string | undefined) => value?.toLowerCase() === name.toLowerCase();
  if (same(attributes.email)) return "email";
  return same(attributes.phone_number) ? "phone_number" : "preferred_username";
}
