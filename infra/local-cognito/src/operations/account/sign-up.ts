import { z } from "zod";
import { codeRefused, invalidParameter, notAuthorized, notHere, userNotFound } from "../../model/failures";
import type { Pool } from "../../model/pool";
import type { User } from "../../model/user";
import { assertNotCompromised } from "../../rules/compromised";
import { describeDelivery, signUpDelivery, simulatedDelivery } from "../../rules/delivery";
import { isPasswordless } from "../../rules/first-factor";
import { assertPassword } from "../../rules/password";
import { isWritable } from "../../rules/schema";
import { folded, namesOf } from "../../rules/username";
import { hashPassword } from "../../store/password-hash";
import { put } from "../../store/store";
import { signed, unsigned } from "../operation";
import {
  attributeList,
  attributesFrom,
  confirmationCode,
  password,
  session,
  stringMap,
  username,
  userPoolId,
} from "../parameters";
import { enterCode, sendCode, validityOf } from "../sending/codes";
import { postConfirmation, preSignUp } from "../sending/triggers";
import { openSignUp } from "../sign-in/signed-up";
import { assertNamesFree, newUser } from "../users/new-user";
import { withAttributes } from "../users/user-changes";
import { asking, callerOf, isHiding } from "./caller";

export const signUpOperations = {
  SignUp: unsigned(
    asking.extend({
      Password: password.optional(),
      UserAttributes: attributeList.optional(),
      ValidationData: attributeList.optional(),
    }),
    async (cognito, request) => {
      const context = callerOf(cognito, request);
      const { client, pool } = context;
      if (pool.settings.AdminCreateUserConfig.AllowAdminCreateUserOnly) throw notAuthorized.signUpOff();
      const given = attributesFrom(request.UserAttributes);
      if (Object.keys(given).some((name) => !isWritable(client.settings.WriteAttributes, name))) {
        throw notAuthorized.attributeNotWritable();
      }
      if (request.Password !== undefined) {
        assertPassword(pool, request.Password);
        assertNotCompromised(context, request.Password, "SIGN_UP");
      } else if (!isPasswordless(pool)) throw invalidParameter("Missing required parameter Password");
      const planned = newUser(context, request.Username, { given, status: "UNCONFIRMED", isSignUp: true });
      const occasion = { ...context, user: planned, clientMetadata: request.ClientMetadata };
      const validation = attributesFrom(request.ValidationData);
      const decided = await preSignUp("PreSignUp_SignUp", occasion, validation);
      const user: User = {
        ...withVerified(pool, planned, decided.verified),
        status: decided.confirm ? "CONFIRMED" : "UNCONFIRMED",
        password: request.Password === undefined ? undefined : await hashPassword(request.Password, planned),
      };
      // Asked again after the waiting, so that of two requests for one name the second finds the first.
      assertNamesFree(context, user, true);
      cognito.commit(put("users", user));
      const created = { UserConfirmed: decided.confirm, UserSub: user.attributes.sub };
      if (decided.confirm) {
        await postConfirmation("PostConfirmation_ConfirmSignUp", { ...occasion, user });
        return created;
      }
      const delivery = signUpDelivery(pool, user.attributes);
      if (!delivery) return created;
      const sending = {
        kind: "sign-up",
        purpose: "sign-up",
        occasion: { ...occasion, user },
        delivery,
      } as const;
      return { ...created, CodeDeliveryDetails: await sendCode(sending) };
    },
  ),

  ConfirmSignUp: unsigned(
    asking.extend({
      ConfirmationCode: confirmationCode,
      ForceAliasCreation: z.boolean().default(false),
      Session: session.optional(),
    }),
    async (cognito, request) => {
      const context = callerOf(cognito, request);
      const { client, pool } = context;
      if (request.ForceAliasCreation) throw notHere("ForceAliasCreation");
      const user = cognito.userNamed(pool, request.Username);
      if (!user) {
        if (!isHiding(client)) throw userNotFound();
        const name = folded(pool, request.Username);
        const pretended = { purpose: "sign-up", poolId: pool.id, name } as const;
        return cognito.pretended.enter(pretended, request.ConfirmationCode, cognito.now());
      }
      assertUnconfirmed(user);
      if (!user.enabled) throw notAuthorized.userDisabled();
      const proven = enterCode(cognito, user, { purpose: "sign-up", code: request.ConfirmationCode });
      const delivery = signUpDelivery(pool, user.attributes);
      // The address went away since: what was proven is nobody's any more.
      if (!delivery) throw codeRefused.expired();
      const attributes = { ...user.attributes, [`${delivery.attribute}_verified`]: "true" };
      const confirmed: User = { ...withAttributes(context, proven, attributes), status: "CONFIRMED" };
      cognito.commit(put("users", confirmed));
      const occasion = { ...context, user: confirmed, clientMetadata: request.ClientMetadata };
      await postConfirmation("PostConfirmation_ConfirmSignUp", occasion);
      const isAllowed = client.settings.ExplicitAuthFlows?.includes("ALLOW_USER_AUTH");
      return isAllowed ? { Session: openSignUp(context, confirmed) } : {};
    },
  ),

  AdminConfirmSignUp: signed(
    z.object({ UserPoolId: userPoolId, Username: username, ClientMetadata: stringMap.optional() }),
    async (cognito, { UserPoolId, Username, ClientMetadata }) => {
      const context = cognito.inPool(UserPoolId);
      const user = cognito.existingUser(context.pool, Username);
      assertUnconfirmed(user);
      const confirmed: User = { ...user, status: "CONFIRMED", modifiedAt: cognito.now() };
      cognito.commit(put("users", confirmed));
      const occasion = { ...context, user: confirmed, clientMetadata: ClientMetadata };
      await postConfirmation("PostConfirmation_ConfirmSignUp", occasion);
      return {};
    },
  ),

  ResendConfirmationCode: unsigned(asking, async (cognito, request) => {
    const context = callerOf(cognito, request);
    const { client, pool } = context;
    const user = cognito.userNamed(pool, request.Username);
    if (!user?.enabled && isHiding(client)) {
      const name = folded(pool, request.Username);
      const pretended = { purpose: "sign-up", poolId: pool.id, name } as const;
      cognito.pretended.send(pretended, validityOf("sign-up"), cognito.now());
      return { CodeDeliveryDetails: describeDelivery(simulatedDelivery(name)) };
    }
    if (!user) throw userNotFound();
    if (!user.enabled) throw notAuthorized.userDisabled();
    if (user.status !== "UNCONFIRMED") throw invalidParameter("User is already confirmed.");
    const delivery = signUpDelivery(pool, user.attributes);
    if (!delivery) throw invalidParameter("Cannot resend codes. Auto verification not turned on.");
    const occasion = { ...context, user, clientMetadata: request.ClientMetadata };
    const sending = { kind: "sign-up-again", purpose: "sign-up", occasion, delivery } as const;
    return { CodeDeliveryDetails: await sendCode(sending) };
  }),
};

/** @throws NotAuthorizedException */
function assertUnconfirmed(user: User): void {
  if (user.status !== "UNCONFIRMED") throw notAuthorized.statusForbidsConfirming(user.status);
}

/** The user with these addresses verified, as the pre sign-up trigger may decide. */
function withVerified(pool: Pool, user: User, verified: ("email" | "phone_number")[]): User {
  const marks = Object.fromEntries(verified.map((name) => [`${name}_verified`, "true"]));
  const attributes = { ...user.attributes, ...marks };
  return { ...user, attributes, names: namesOf(pool, user.username, attributes) };
}
