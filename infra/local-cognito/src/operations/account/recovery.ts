import { z } from "zod";
import { notAuthorized, nothingVerified, userNotConfirmed, userNotFound } from "../../model/failures";
import type { User } from "../../model/user";
import { assertNotCompromised } from "../../rules/compromised";
import {
  assertSelfRecovery,
  type Delivery,
  describeDelivery,
  recoveryDelivery,
  simulatedDelivery,
} from "../../rules/delivery";
import { assertPassword } from "../../rules/password";
import { folded } from "../../rules/username";
import type { ThroughClient } from "../../store/cognito";
import { hashPassword } from "../../store/password-hash";
import { put } from "../../store/store";
import { signed, unsigned } from "../operation";
import { confirmationCode, password, stringMap, username, userPoolId } from "../parameters";
import { enterCode, sendCode, validityOf } from "../sending/codes";
import { postConfirmation } from "../sending/triggers";
import { migrate } from "../sign-in/migration";
import { asking, callerOf, isHiding } from "./caller";

const FORGOTTEN = "forgotten-password";

export const recoveryOperations = {
  ForgotPassword: unsigned(asking, async (cognito, request) => {
    const context = callerOf(cognito, request);
    const { client, pool } = context;
    assertSelfRecovery(pool);
    await migrate(context, { name: request.Username, clientMetadata: request.ClientMetadata });
    const user = cognito.userNamed(pool, request.Username);
    const delivery = user && deliveryUnlessHidden(context, user);
    if (!delivery) {
      if (!isHiding(client)) throw userNotFound();
      const name = folded(pool, request.Username);
      const pretended = { purpose: FORGOTTEN, poolId: pool.id, name } as const;
      cognito.pretended.send(pretended, validityOf(FORGOTTEN), cognito.now());
      return { CodeDeliveryDetails: describeDelivery(simulatedDelivery(name)) };
    }
    const occasion = { ...context, user, clientMetadata: request.ClientMetadata };
    const sending = { kind: FORGOTTEN, purpose: FORGOTTEN, occasion, delivery } as const;
    return { CodeDeliveryDetails: await sendCode(sending) };
  }),

  ConfirmForgotPassword: unsigned(
    asking.extend({ ConfirmationCode: confirmationCode, Password: password }),
    async (cognito, request) => {
      const context = callerOf(cognito, request);
      const { client, pool } = context;
      // Before the account is looked at: the same answer for whoever exists and whoever does not.
      assertPassword(pool, request.Password);
      assertNotCompromised(context, request.Password, "PASSWORD_CHANGE");
      const name = folded(pool, request.Username);
      const { username } = cognito.userNamed(pool, name) ?? { username: name };
      const hashed = await hashPassword(request.Password, { poolId: pool.id, username });
      const user = cognito.userNamed(pool, name);
      if (!user?.enabled && isHiding(client)) {
        const pretended = { purpose: FORGOTTEN, poolId: pool.id, name } as const;
        return cognito.pretended.enter(pretended, request.ConfirmationCode, cognito.now());
      }
      if (!user) throw userNotFound();
      if (!user.enabled) throw notAuthorized.userDisabled();
      const proven = enterCode(cognito, user, { purpose: FORGOTTEN, code: request.ConfirmationCode });
      if (user.status === "UNCONFIRMED") throw userNotConfirmed();
      const recovered: User = {
        ...proven,
        password: hashed,
        status: "CONFIRMED",
        failures: { ...user.failures, password: undefined },
        modifiedAt: cognito.now(),
      };
      cognito.commit(put("users", recovered));
      const occasion = { ...context, user: recovered, clientMetadata: request.ClientMetadata };
      await postConfirmation("PostConfirmation_ConfirmForgotPassword", occasion);
      return {};
    },
  ),

  AdminResetUserPassword: signed(
    z.object({ UserPoolId: userPoolId, Username: username, ClientMetadata: stringMap.optional() }),
    async (cognito, { UserPoolId, Username, ClientMetadata }) => {
      const context = cognito.inPool(UserPoolId);
      const user = cognito.existingUser(context.pool, Username);
      assertResettable(user);
      const delivery = recoveryDelivery(context.pool, user);
      if (!delivery) throw nothingVerified();
      await sendCode({
        kind: FORGOTTEN,
        purpose: FORGOTTEN,
        occasion: { ...context, user, clientMetadata: ClientMetadata },
        delivery,
        change: (current) => ({ ...current, status: "RESET_REQUIRED", modifiedAt: cognito.now() }),
      });
      return {};
    },
  ),
};

/**
 * Where the code goes, or undefined where the client hides that it cannot be sent: "when a user isn't found, is
 * deactivated, or doesn't have a verified delivery mechanism" (developer guide, "Managing user existence error
 * responses").
 * @throws NotAuthorizedException (also for who never chose a password, hidden or not), InvalidParameterException
 */
function deliveryUnlessHidden({ pool, client }: ThroughClient, user: User): Delivery | undefined {
  if (!user.enabled) {
    if (isHiding(client)) return undefined;
    throw notAuthorized.userDisabled();
  }
  if (user.status === "EXTERNAL_PROVIDER" && isHiding(client)) return undefined;
  if (user.status === "FORCE_CHANGE_PASSWORD" || user.status === "EXTERNAL_PROVIDER")
    throw notAuthorized.statusForbidsReset();
  const delivery = recoveryDelivery(pool, user);
  if (!delivery && !isHiding(client)) throw nothingVerified();
  return delivery;
}

function assertResettable(user: User): void {
  if (["FORCE_CHANGE_PASSWORD", "UNCONFIRMED", "EXTERNAL_PROVIDER"].includes(user.status)) {
    throw notAuthorized.statusForbidsReset();
  }
}
