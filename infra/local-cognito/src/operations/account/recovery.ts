import { z } from "zod";
import type { Client } from "../../model/client";
import { notAuthorized, nothingVerified, userNotConfirmed, userNotFound } from "../../model/failures";
import type { Pool } from "../../model/pool";
import type { User } from "../../model/user";
import {
  assertSelfRecovery,
  type Delivery,
  describeDelivery,
  recoveryDelivery,
  simulatedDelivery,
} from "../../rules/delivery";
import { assertPassword } from "../../rules/password";
import { assertSecretHash } from "../../rules/secret-hash";
import { folded } from "../../rules/username";
import type { Cognito } from "../../store/cognito";
import { hashPassword } from "../../store/password-hash";
import { put } from "../../store/store";
import { signed, unsigned } from "../operation";
import {
  clientId,
  confirmationCode,
  password,
  secretHash,
  stringMap,
  username,
  userPoolId,
} from "../parameters";
import { enterCode, sendCode, validityOf } from "../sending/codes";
import { postConfirmation } from "../sending/triggers";

const FORGOTTEN = "forgotten-password";
const asking = z.object({
  ClientId: clientId,
  Username: username,
  SecretHash: secretHash.optional(),
  ClientMetadata: stringMap.optional(),
});

export const recoveryOperations = {
  ForgotPassword: unsigned(asking, async (cognito, request) => {
    const { client, pool, name, user } = find(cognito, request);
    assertSelfRecovery(pool);
    const delivery = user && deliveryUnlessHidden(pool, client, user);
    if (!delivery) {
      if (!isHiding(client)) throw userNotFound();
      cognito.pretended.send(FORGOTTEN, pool.id, name, validityOf(FORGOTTEN), cognito.now());
      return { CodeDeliveryDetails: describeDelivery(simulatedDelivery(name)) };
    }
    const occasion = { pool, client, user, clientMetadata: request.ClientMetadata };
    const sending = { kind: FORGOTTEN, purpose: FORGOTTEN, occasion, delivery } as const;
    return { CodeDeliveryDetails: await sendCode(cognito, sending) };
  }),

  ConfirmForgotPassword: unsigned(
    asking.extend({ ConfirmationCode: confirmationCode, Password: password }),
    async (cognito, request) => {
      const { client, pool, name } = find(cognito, request);
      // Before the account is looked at: the same answer for whoever exists and whoever does not.
      assertPassword(pool, request.Password);
      const hashed = await hashPassword(request.Password);
      const user = cognito.userNamed(pool, name);
      if (!user?.enabled && isHiding(client)) {
        return cognito.pretended.enter(FORGOTTEN, pool.id, name, request.ConfirmationCode, cognito.now());
      }
      if (!user) throw userNotFound();
      if (!user.enabled) throw notAuthorized.userDisabled();
      const proven = enterCode(cognito, user, FORGOTTEN, request.ConfirmationCode);
      if (user.status === "UNCONFIRMED") throw userNotConfirmed();
      const recovered: User = {
        ...proven,
        password: hashed,
        status: "CONFIRMED",
        failures: { ...user.failures, password: undefined },
        modifiedAt: cognito.now(),
      };
      cognito.commit(put("users", recovered));
      const occasion = { pool, client, user: recovered, clientMetadata: request.ClientMetadata };
      await postConfirmation(cognito, "PostConfirmation_ConfirmForgotPassword", occasion);
      return {};
    },
  ),

  AdminResetUserPassword: signed(
    z.object({ UserPoolId: userPoolId, Username: username, ClientMetadata: stringMap.optional() }),
    async (cognito, { UserPoolId, Username, ClientMetadata }) => {
      const pool = cognito.pool(UserPoolId);
      const user = cognito.existingUser(pool, Username);
      assertResettable(user);
      const delivery = recoveryDelivery(pool, user);
      if (!delivery) throw nothingVerified();
      await sendCode(cognito, {
        kind: FORGOTTEN,
        purpose: FORGOTTEN,
        occasion: { pool, user, clientMetadata: ClientMetadata },
        delivery,
        change: (current) => ({ ...current, status: "RESET_REQUIRED", modifiedAt: cognito.now() }),
      });
      return {};
    },
  ),
};

/** The caller's client, once its secret was shown, and whom the name means. */
function find(
  cognito: Cognito,
  { ClientId, Username, SecretHash }: { ClientId: string; Username: string; SecretHash?: string | undefined },
): { client: Client; pool: Pool; name: string; user: User | undefined } {
  const client = cognito.client(ClientId);
  assertSecretHash(client, Username, SecretHash);
  const pool = cognito.pool(client.poolId);
  return { client, pool, name: folded(pool, Username), user: cognito.userNamed(pool, Username) };
}

const isHiding = (client: Client) => client.settings.PreventUserExistenceErrors === "ENABLED";

/**
 * Where the code goes, or undefined where the client hides that it cannot be sent: "when a user isn't found, is
 * deactivated, or doesn't have a verified delivery mechanism" (developer guide, "Managing user existence error
 * responses").
 * @throws NotAuthorizedException (also for who never chose a password, hidden or not), InvalidParameterException
 */
function deliveryUnlessHidden(pool: Pool, client: Client, user: User): Delivery | undefined {
  if (!user.enabled) {
    if (isHiding(client)) return undefined;
    throw notAuthorized.userDisabled();
  }
  if (user.status === "FORCE_CHANGE_PASSWORD") throw notAuthorized.statusForbidsReset();
  const delivery = recoveryDelivery(pool, user);
  if (!delivery && !isHiding(client)) throw nothingVerified();
  return delivery;
}

function assertResettable(user: User): void {
  if (user.status === "FORCE_CHANGE_PASSWORD" || user.status === "UNCONFIRMED") {
    throw notAuthorized.statusForbidsReset();
  }
}
