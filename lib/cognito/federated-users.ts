import { randomBytes } from "node:crypto";
import {
  AdminDisableProviderForUserCommand,
  AdminLinkProviderForUserCommand,
  AdminSetUserPasswordCommand,
  ListUsersCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { env } from "../env";
import { AppError } from "../errors";
import { callCognito, isRefusal } from "./client";
import { type PoolUser, toPoolUser } from "./pool-users";

/** Somebody at a provider, by what it calls them. */
type Identity = { provider: string; subject: string };

/** As AdminLinkProviderForUser calls what a provider names its users by. */
const SUBJECT = "Cognito_Subject";

/**
 * The users of the pool with this address, verified or not, and those that providers made.
 *
 * @throws AppError `cognito_unavailable`.
 */
export async function usersWithAddress(email: string): Promise<PoolUser[]> {
  // Quotes end the value (API reference, ListUsers).
  const command = new ListUsersCommand({
    ...inPool(),
    Filter: `email = "${email.replaceAll(/["\\]/g, "\\$&")}"`,
    Limit: 60,
  });
  const { Users = [] } = await callCognito((client, options) => client.send(command, options));
  return Users.map(toPoolUser);
}

/**
 * From now on, who this is at the provider signs in as that user. They must have no profile of their own any more.
 *
 * @throws AppError `conflict` where they are somebody already, or the account has too many such links; `cognito_unavailable`.
 */
export async function linkUser(username: string, { provider, subject }: Identity): Promise<void> {
  const command = new AdminLinkProviderForUserCommand({
    ...inPool(),
    DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: username },
    SourceUser: {
      ProviderName: provider,
      ProviderAttributeName: SUBJECT,
      ProviderAttributeValue: subject,
    },
  });
  try {
    await callCognito((client, options) => client.send(command, options), "AliasExistsException");
  } catch (error) {
    if (!isRefusal(error) && !isRefusal(error, "AliasExistsException")) throw error;
    throw new AppError("conflict", { detail: "This account cannot be linked.", cause: error });
  }
}

/** Takes a link back; that there is none, or no such user, is no error. @throws AppError `cognito_unavailable`. */
export async function unlinkUser({ provider, subject }: Identity): Promise<void> {
  const command = new AdminDisableProviderForUserCommand({
    ...inPool(),
    User: {
      ProviderName: provider,
      ProviderAttributeName: SUBJECT,
      ProviderAttributeValue: subject,
    },
  });
  try {
    await callCognito((client, options) => client.send(command, options), "ResourceNotFoundException");
  } catch (error) {
    if (!isRefusal(error) && !isRefusal(error, "ResourceNotFoundException")) throw error;
  }
}

/** Makes a password void by one that nobody knows; a forgotten one can be chosen anew. @throws AppError `cognito_unavailable`. */
export async function scramblePassword(username: string): Promise<void> {
  // Of each kind of character that a pool may ask for.
  const Password = `Aa1!${randomBytes(48).toString("base64url")}`;
  const command = new AdminSetUserPasswordCommand({
    ...inPool(),
    Username: username,
    Password,
    Permanent: true,
  });
  await unlessGone(() => callCognito((client, options) => client.send(command, options)));
}

async function unlessGone(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isRefusal(error, "UserNotFoundException")) throw error;
  }
}

function inPool() {
  return { UserPoolId: env().COGNITO_USER_POOL_ID };
}
