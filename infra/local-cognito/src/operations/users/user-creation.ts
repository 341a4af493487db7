import { z } from "zod";
import { notHere, unsupportedUserState, userNotFound } from "../../model/failures";
import type { User } from "../../model/user";
import { deliveryTo } from "../../rules/delivery";
import { assertPassword, temporaryUntil } from "../../rules/password";
import type { InPool } from "../../store/cognito";
import { hashPassword } from "../../store/password-hash";
import { put } from "../../store/store";
import { newTemporaryPassword } from "../../tokens/opaque";
import { signed } from "../operation";
import { attributeList, attributesFrom, password, stringMap, username, userPoolId } from "../parameters";
import { message, type Outgoing } from "../sending/messages";
import { type Occasion, preSignUp } from "../sending/triggers";
import { assertNamesFree, newUser } from "./new-user";
import { describeUser } from "./user-answer";

const input = z.object({
  UserPoolId: userPoolId,
  Username: username,
  UserAttributes: attributeList.optional(),
  ValidationData: attributeList.optional(),
  TemporaryPassword: password.optional(),
  ForceAliasCreation: z.boolean().default(false),
  MessageAction: z.enum(["RESEND", "SUPPRESS"]).optional(),
  DesiredDeliveryMediums: z.array(z.enum(["SMS", "EMAIL"])).optional(),
  ClientMetadata: stringMap.optional(),
});
type Input = z.output<typeof input>;

export const userCreationOperations = {
  AdminCreateUser: signed(input, async (cognito, request) => {
    const context = cognito.inPool(request.UserPoolId);
    const { pool } = context;
    if (request.ForceAliasCreation) throw notHere("ForceAliasCreation");
    const { MinimumLength } = pool.settings.Policies.PasswordPolicy;
    const temporary = request.TemporaryPassword ?? newTemporaryPassword(MinimumLength);
    assertPassword(pool, temporary);
    const again = request.MessageAction === "RESEND";
    const planned = again ? invitedAgain(context, request) : await admitted(context, request);
    const occasion = { ...context, user: planned, clientMetadata: request.ClientMetadata };
    const invited =
      request.MessageAction === "SUPPRESS" ? [] : await invitations(occasion, temporary, request);
    const expiresAt = temporaryUntil(pool, cognito.now());
    const hashed = { ...(await hashPassword(temporary, planned)), expiresAt };

    // From here on nothing waits, so that of two requests for one name the second finds the first.
    if (!again) assertNamesFree(context, planned);
    const user: User = { ...(again ? invitedAgain(context, request) : planned), password: hashed };
    cognito.commit(put("users", user), ...invited.flatMap(({ changes }) => changes));
    for (const { send } of invited) send();
    return { User: describeUser(user) };
  }),
};

/** @throws UsernameExistsException, InvalidParameterException, UserLambdaValidationException and its kin */
async function admitted(context: InPool, request: Input): Promise<User> {
  const given = attributesFrom(request.UserAttributes);
  const user = newUser(context, request.Username, { given, status: "FORCE_CHANGE_PASSWORD" });
  const occasion = { ...context, user, clientMetadata: request.ClientMetadata };
  await preSignUp("PreSignUp_AdminCreateUser", occasion, attributesFrom(request.ValidationData));
  return user;
}

/** @throws UserNotFoundException, UnsupportedUserStateException */
function invitedAgain({ cognito, pool }: InPool, request: Input): User {
  const user = cognito.userNamed(pool, request.Username);
  if (!user) throw userNotFound();
  if (user.status !== "FORCE_CHANGE_PASSWORD") {
    throw unsupportedUserState(`Resend not possible. ${user.username} status is not FORCE_CHANGE_PASSWORD`);
  }
  return { ...user, modifiedAt: cognito.now() };
}

/**
 * What would be sent: to the phone where nothing is asked for, otherwise wherever it is (API reference, AdminCreateUser); to
 * what there is where none of that is there.
 */
async function invitations(
  occasion: Occasion,
  temporary: string,
  { Username, DesiredDeliveryMediums: wanted = ["SMS"] }: Input,
): Promise<Outgoing[]> {
  const { attributes } = occasion.user;
  const possible = (["phone_number", "email"] as const).flatMap((name) => deliveryTo(attributes, name) ?? []);
  const asked = possible.filter(({ medium }) => wanted.includes(medium));
  const ready: Outgoing[] = [];
  for (const delivery of asked.length > 0 ? asked : possible) {
    ready.push(await message("invitation", occasion, { ...delivery, code: temporary, called: Username }));
  }
  return ready;
}
