import { z } from "zod";
import type { Client } from "../../model/client";
import { codeRefused, invalidParameter, notAuthorized } from "../../model/failures";
import type { User } from "../../model/user";
import {
  assertAttributes,
  missingAttributes,
  withoutAttributes,
  withVerificationReset,
} from "../../rules/attributes";
import { assertNotCompromised } from "../../rules/compromised";
import { deliveryTo } from "../../rules/delivery";
import { changedLater, toVerify } from "../../rules/later-addresses";
import { assertPassword } from "../../rules/password";
import { isWritable } from "../../rules/schema";
import type { Cognito, ThroughClient } from "../../store/cognito";
import { hashPassword } from "../../store/password-hash";
import { put } from "../../store/store";
import { readAccessToken } from "../../tokens/access-token";
import { unsigned } from "../operation";
import {
  accessToken,
  attributeList,
  attributeName,
  attributesFrom,
  password,
  stringMap,
} from "../parameters";
import { sendCode } from "../sending/codes";
import { checkPassword } from "../sign-in/authentication";
import { withAttributes } from "../users/user-changes";
import { deletion } from "../users/users";

const bearer = z.object({ AccessToken: accessToken });

/** What users do to their own account with an access token. */
export const ownAccountOperations = {
  ChangePassword: unsigned(
    bearer.extend({ PreviousPassword: password, ProposedPassword: password }),
    async (cognito, { AccessToken, PreviousPassword, ProposedPassword }) => {
      const { user: caller, ...context } = await whose(cognito, AccessToken);
      const { pool } = context;
      const checked = await checkPassword(context, caller.username, PreviousPassword);
      if (checked.locked) throw codeRefused.limit();
      if (!checked.user || !checked.matches) throw notAuthorized.badCredentials();
      assertPassword(pool, ProposedPassword);
      assertNotCompromised(context, ProposedPassword, "PASSWORD_CHANGE");
      const hashed = await hashPassword(ProposedPassword, caller);
      const user = cognito.user(pool.id, caller.username);
      // Changed by another request while this one was hashing: what was proven is the password before.
      if (!user || user.password !== checked.user.password) throw notAuthorized.badCredentials();
      cognito.commit(put("users", { ...user, password: hashed, modifiedAt: cognito.now() }));
      return {};
    },
  ),

  UpdateUserAttributes: unsigned(
    bearer.extend({ UserAttributes: attributeList, ClientMetadata: stringMap.optional() }),
    async (cognito, { AccessToken, UserAttributes, ClientMetadata }) => {
      const { user, ...context } = await whose(cognito, AccessToken);
      const { pool, client } = context;
      const changes = attributesFrom(UserAttributes);
      assertWritable(client, Object.keys(changes));
      assertAttributes(pool, changes, true);
      const later = changedLater(pool, user, changes);
      const now = Object.fromEntries(Object.entries(changes).filter(([name]) => !(name in later)));
      const attributes = withVerificationReset(user.attributes, now);
      const [missing] = missingAttributes(pool, attributes);
      if (missing) throw invalidParameter(`user.${missing}: The attribute is required`);
      const updated = withAttributes(context, user, attributes);
      cognito.commit(put("users", updated));
      const CodeDeliveryDetailsList: object[] = [];
      for (const attribute of toVerify(pool, user, changes)) {
        const delivery = deliveryTo(changes, attribute);
        if (!delivery) continue;
        const sending = {
          kind: "changed-attribute" as const,
          purpose: attribute,
          occasion: { ...context, user: updated, clientMetadata: ClientMetadata },
          delivery,
          value: later[attribute],
        };
        CodeDeliveryDetailsList.push(await sendCode(sending));
      }
      return { CodeDeliveryDetailsList };
    },
  ),

  DeleteUserAttributes: unsigned(
    bearer.extend({ UserAttributeNames: z.array(attributeName) }),
    async (cognito, { AccessToken, UserAttributeNames }) => {
      const { user, ...context } = await whose(cognito, AccessToken);
      assertWritable(context.client, UserAttributeNames);
      const attributes = withoutAttributes(context.pool, user.attributes, UserAttributeNames);
      cognito.commit(put("users", withAttributes(context, user, attributes)));
      return {};
    },
  ),

  DeleteUser: unsigned(bearer, async (cognito, { AccessToken }) => {
    const { user } = await whose(cognito, AccessToken);
    cognito.commit(...deletion(cognito, user));
    return {};
  }),
};

/** @throws NotAuthorizedException, UserNotFoundException */
export async function whose(cognito: Cognito, token: string): Promise<ThroughClient & { user: User }> {
  const { user, clientId } = await readAccessToken(token, cognito);
  return { user, ...cognito.throughClient(clientId) };
}

/** @throws NotAuthorizedException for an attribute that users may not write through this client. */
function assertWritable(client: Client, names: string[]): void {
  if (names.some((name) => !isWritable(client.settings.WriteAttributes, name))) {
    throw notAuthorized.attributeNotWritable();
  }
}
