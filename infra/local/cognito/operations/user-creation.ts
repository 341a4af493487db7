import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Cognito } from "../cognito";
import { alreadyExists, invalidParameter, notHere, unsupportedUserState, userNotFound } from "../failures";
import type { Pool } from "../model/pool";
import type { Message, User } from "../model/user";
import { signed } from "../protocol/operation";
import {
  attributeList,
  attributesFrom,
  password,
  stringMap,
  username,
  userPoolId,
} from "../protocol/parameters";
import { assertAttributes, missingAttributes, withVerificationReset } from "../rules/attributes";
import { assertPassword, temporaryUntil } from "../rules/password";
import { folded, namesOf, usernameAttribute } from "../rules/username";
import { hashPassword } from "../store/password-hash";
import { put } from "../store/store";
import { newTemporaryPassword } from "../tokens/opaque";
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
    const pool = cognito.pool(request.UserPoolId);
    if (request.ForceAliasCreation) throw notHere("ForceAliasCreation");
    const { MinimumLength } = pool.settings.Policies.PasswordPolicy;
    const temporary = request.TemporaryPassword ?? newTemporaryPassword(MinimumLength);
    assertPassword(pool, temporary);
    const hashed = { ...(await hashPassword(temporary)), expiresAt: temporaryUntil(pool, cognito.now()) };

    // From here on nothing waits, so that of two requests for one name the second finds the first.
    const build = request.MessageAction === "RESEND" ? invitedAgain : newUser;
    const user: User = { ...build(cognito, pool, request), password: hashed };
    const message =
      request.MessageAction === "SUPPRESS" ? undefined : invitation(pool, user, temporary, request);
    cognito.commit(put("users", user), ...(message ? [put("messages", message)] : []));
    return { User: describeUser(user) };
  }),
};

/** @throws UsernameExistsException, InvalidParameterException */
function newUser(cognito: Cognito, pool: Pool, request: Input): User {
  const given = attributesFrom(request.UserAttributes);
  const asAttribute = usernameAttribute(pool, request.Username);
  if (asAttribute && (given[asAttribute] ?? request.Username) !== request.Username) {
    throw invalidParameter(`The ${asAttribute} attribute does not match the username.`);
  }
  const attributes = asAttribute ? { ...given, [asAttribute]: request.Username } : given;
  assertAttributes(pool, attributes, false);
  const missing = missingAttributes(pool, attributes);
  if (missing.length > 0) {
    const faults = missing.map((name) => `${name}: The attribute is required`).join("\n");
    throw invalidParameter(`Attributes did not conform to the schema: ${faults}\n`);
  }
  const sub = randomUUID();
  const own = asAttribute ? sub : folded(pool, request.Username);
  const held: Record<string, string> = { sub, ...withVerificationReset({}, attributes) };
  const names = namesOf(pool, own, held);
  if (names.some((name) => cognito.userNamed(pool, name))) {
    const aliased = !asAttribute && !cognito.userNamed(pool, own);
    throw aliased ? alreadyExists.aliasOnCreate("email") : alreadyExists.username();
  }
  const now = cognito.now();
  return {
    poolId: pool.id,
    username: own,
    attributes: held,
    names,
    groups: [],
    status: "FORCE_CHANGE_PASSWORD",
    enabled: true,
    createdAt: now,
    modifiedAt: now,
  };
}

/** @throws UserNotFoundException, UnsupportedUserStateException */
function invitedAgain(cognito: Cognito, pool: Pool, request: Input): User {
  const user = cognito.userNamed(pool, request.Username);
  if (!user) throw userNotFound();
  if (user.status !== "FORCE_CHANGE_PASSWORD") {
    throw unsupportedUserState(`Resend not possible. ${user.username} status is not FORCE_CHANGE_PASSWORD`);
  }
  return { ...user, modifiedAt: cognito.now() };
}

/** What would be sent: to the phone where that is asked for or all there is, otherwise to the mailbox. */
function invitation(pool: Pool, user: User, temporary: string, request: Input): Message | undefined {
  const { email, phone_number } = user.attributes;
  const byPhone = phone_number && (!email || request.DesiredDeliveryMediums?.includes("SMS"));
  const to = byPhone ? phone_number : email;
  if (!to) return undefined;
  const template = pool.settings.AdminCreateUserConfig.InviteMessageTemplate;
  const text = byPhone
    ? (template?.SMSMessage ?? "Your username is {username} and temporary password is {####}")
    : (template?.EmailMessage ?? "Your username is {username} and temporary password is {####}.");
  return {
    id: randomUUID(),
    poolId: pool.id,
    username: user.username,
    at: user.modifiedAt,
    kind: "invitation",
    medium: byPhone ? "SMS" : "EMAIL",
    to,
    subject: byPhone ? undefined : (template?.EmailSubject ?? "Your temporary password"),
    // As functions: a "$&" in a password is not a replacement pattern.
    body: text.replaceAll("{username}", () => request.Username).replaceAll("{####}", () => temporary),
  };
}
