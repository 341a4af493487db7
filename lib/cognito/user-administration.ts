import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminResetUserPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { env } from "../env";
import { AppError } from "../errors";
import { fieldError } from "../field-error";
import { log } from "../log";
import { callCognito, isRefusal } from "./client";
import { type PoolUser, toPoolUser } from "./pool-users";

const GONE = "ResourceNotFoundException";

/**
 * Makes a user of a tenant, whose address counts as verified. Nothing is mailed yet.
 *
 * @param name what they are called; null where nobody has said it.
 * @param tenant null in a pool whose users belong to one tenant alone.
 * @throws AppError `member_exists`, `invalid_request` for an address that Cognito does not take, `cognito_unavailable`.
 */
export async function createUser(
  email: string,
  name: string | null,
  tenant: string | null,
): Promise<PoolUser> {
  const command = new AdminCreateUserCommand({
    ...named(email),
    MessageAction: "SUPPRESS",
    UserAttributes: [
      { Name: "email", Value: email },
      { Name: "email_verified", Value: "true" },
      ...(name === null ? [] : [{ Name: "name", Value: name }]),
      ...(tenant === null ? [] : [{ Name: env().COGNITO_TENANT_CLAIM, Value: tenant }]),
    ],
  });
  try {
    const { User } = await callCognito((client, options) => client.send(command, options));
    if (!User) throw new AppError("cognito_unavailable", { cause: "an answer without a user" });
    return { ...toPoolUser(User), hasSecondStep: false };
  } catch (error) {
    if (isRefusal(error, "UsernameExistsException")) {
      const fields = [fieldError("email", "account_exists")];
      throw new AppError("member_exists", { fields, cause: error });
    }
    if (!isRefusal(error)) throw error;
    const fields = [fieldError("email", "not_an_email", "is not an address that can be invited")];
    throw new AppError("invalid_request", { fields, cause: error });
  }
}

/** Whom an invitation is from, as its mail says: the names of the tenant and of who invites, where they are known. */
export type InvitedBy = { tenant: string | null; inviter: string | null };

/**
 * Mails a new temporary password to somebody who never signed in; the one before is void. What the mail says of whom it is
 * from is worded by the custom message trigger (infra/terraform/lambda/custom-message.ts).
 *
 * @throws AppError `conflict` for anybody else, `not_found`, `cognito_unavailable`.
 */
export async function mailInvitation(
  { email, unverifiedEmail, username }: PoolUser,
  { tenant, inviter }: InvitedBy,
): Promise<void> {
  const command = new AdminCreateUserCommand({
    // The mail calls them by the name that is sent here.
    ...named(email ?? unverifiedEmail ?? username),
    MessageAction: "RESEND",
    DesiredDeliveryMediums: ["EMAIL"],
    ...(tenant !== null && {
      ClientMetadata: { tenant, ...(inviter !== null && { inviter }), app_url: env().NEXTAUTH_URL },
    }),
  });
  await change(() => callCognito((client, options) => client.send(command, options)));
}

/** @throws AppError `not_found`, `conflict`, `cognito_unavailable`; the same for all below. `conflict`: see isWithoutGroup. */
export async function addToGroup(username: string, group: string): Promise<void> {
  const command = new AdminAddUserToGroupCommand({ ...named(username), GroupName: group });
  await change(async () => {
    try {
      await callCognito((client, options) => client.send(command, options), GONE);
    } catch (error) {
      if (!isRefusal(error, GONE)) throw error;
      log("error", "cognito.group_missing", { group });
      const detail = `The user pool has no group ${group}: whoever runs this service makes it anew.`;
      throw new AppError("conflict", { detail, cause: error });
    }
  });
}

/** Whether a role could not be given because the pool has no group for it: no fault of whom it is for, and lasting. */
export function isWithoutGroup(error: unknown): boolean {
  return error instanceof AppError && error.code === "conflict" && isRefusal(error.cause, GONE);
}

export async function removeFromGroup(username: string, group: string): Promise<void> {
  const command = new AdminRemoveUserFromGroupCommand({ ...named(username), GroupName: group });
  await change(() => callCognito((client, options) => client.send(command, options)));
}

export async function enableUser(username: string): Promise<void> {
  const command = new AdminEnableUserCommand(named(username));
  await change(() => callCognito((client, options) => client.send(command, options)));
}

/** Lets them sign in no more; Cognito revokes their refresh tokens as well. */
export async function disableUser(username: string): Promise<void> {
  const command = new AdminDisableUserCommand(named(username));
  await change(() => callCognito((client, options) => client.send(command, options)));
}

/** Makes the present password void and mails a code for a new one. */
export async function voidPassword(username: string): Promise<void> {
  const command = new AdminResetUserPasswordCommand(named(username));
  await change(() => callCognito((client, options) => client.send(command, options)));
}

/** Deletes a user; that they are gone already is no error. */
export async function deleteUser(username: string): Promise<void> {
  const command = new AdminDeleteUserCommand(named(username));
  try {
    await callCognito((client, options) => client.send(command, options));
  } catch (error) {
    if (!isRefusal(error, "UserNotFoundException")) throw error;
  }
}

async function change(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (isRefusal(error, "UserNotFoundException")) throw new AppError("not_found", { cause: error });
    if (isRefusal(error, "LimitExceededException")) {
      throw new AppError("rate_limited", { cause: error, retryAfter: 15 * 60 });
    }
    if (!isRefusal(error)) throw error;
    const detail = "The state of this account at Cognito does not allow it.";
    throw new AppError("conflict", { detail, cause: error });
  }
}

function named(username: string) {
  return { UserPoolId: env().COGNITO_USER_POOL_ID, Username: username };
}
