import {
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  type AttributeType,
  ListUsersCommand,
  ListUsersInGroupCommand,
  type UserStatusType,
} from "@aws-sdk/client-cognito-identity-provider";
import { env } from "../env";
import { callCognito, isRefusal } from "./client";
import { type Identity, identitiesIn } from "./identities";
import { isSaidTrue } from "./said-true";

/** How many users Cognito gives at once at the most. */
const PAGE_SIZE = 60;

/** A user as the pool has them now. */
export type PoolUser = {
  sub: string;
  username: string;
  /** Null while it is not verified: users write it themselves, and it may be anybody's. */
  email: string | null;
  /** The address that nobody has shown to be theirs yet. Never to be shown as who somebody is. */
  unverifiedEmail: string | null;
  /** What they call themselves: whatever stands there, unchecked. */
  name: string | null;
  /** Whether a second step is turned on; null where Cognito was asked for many at once. */
  hasSecondStep: boolean | null;
  /** What `COGNITO_TENANT_CLAIM` says of them, unchecked. */
  tenantAttribute: string | null;
  /** The providers that they sign in by; null where that cannot be read. */
  identities: readonly Identity[] | null;
  isEnabled: boolean;
  status: UserStatusType | undefined;
  createdAt: Date;
};

/** `next` goes on after this page; null on the last. */
export type PoolPage = { users: PoolUser[]; next: string | null };

/**
 * @param name a username, `sub` or e-mail address.
 * @returns null when there is no such user.
 * @throws AppError `cognito_unavailable`.
 */
export async function findUser(name: string): Promise<PoolUser | null> {
  const command = new AdminGetUserCommand({ ...inPool(), Username: name });
  try {
    const {
      UserAttributes,
      UserMFASettingList = [],
      ...user
    } = await callCognito((client, options) => client.send(command, options));
    const hasSecondStep = UserMFASettingList.length > 0;
    return { ...toPoolUser({ ...user, Attributes: UserAttributes }), hasSecondStep };
  } catch (error) {
    if (isRefusal(error, "UserNotFoundException")) return null;
    throw error;
  }
}

/** The groups that a user is in; none for one who is gone. @throws AppError `cognito_unavailable`. */
export async function groupsOf(username: string): Promise<string[]> {
  const command = new AdminListGroupsForUserCommand({ ...inPool(), Username: username, Limit: PAGE_SIZE });
  try {
    const { Groups = [] } = await callCognito((client, options) => client.send(command, options));
    return Groups.flatMap(({ GroupName }) => GroupName ?? []);
  } catch (error) {
    if (isRefusal(error, "UserNotFoundException")) return [];
    throw error;
  }
}

/** A page of all users of the pool: Cognito searches no custom attribute. @throws AppError `cognito_unavailable`. */
export async function listUsers(from: string | null): Promise<PoolPage> {
  const command = new ListUsersCommand({
    ...inPool(),
    Limit: PAGE_SIZE,
    ...(from !== null && { PaginationToken: from }),
  });
  const { Users = [], PaginationToken } = await callCognito((client, options) =>
    client.send(command, options),
  );
  return { users: Users.map(toPoolUser), next: PaginationToken ?? null };
}

/** A page of a group; a group that the pool does not have is empty. @throws AppError `cognito_unavailable`. */
export async function listUsersInGroup(group: string, from: string | null): Promise<PoolPage> {
  const command = new ListUsersInGroupCommand({
    ...inPool(),
    GroupName: group,
    Limit: PAGE_SIZE,
    ...(from !== null && { NextToken: from }),
  });
  try {
    const { Users = [], NextToken } = await callCognito(
      (client, options) => client.send(command, options),
      "ResourceNotFoundException",
    );
    return { users: Users.map(toPoolUser), next: NextToken ?? null };
  } catch (error) {
    if (isRefusal(error, "ResourceNotFoundException")) return { users: [], next: null };
    throw error;
  }
}

type Described = {
  Username?: string | undefined;
  Attributes?: AttributeType[] | undefined;
  Enabled?: boolean | undefined;
  UserStatus?: UserStatusType | undefined;
  UserCreateDate?: Date | undefined;
};

/** What Cognito says of a user. */
export function toPoolUser({ Username = "", Attributes = [], ...user }: Described): PoolUser {
  const attribute = (name: string) => Attributes.find(({ Name }) => Name === name)?.Value ?? null;
  const isVerified = isSaidTrue(attribute("email_verified"));
  return {
    sub: attribute("sub") ?? Username,
    username: Username,
    email: isVerified ? attribute("email") : null,
    unverifiedEmail: isVerified ? null : attribute("email"),
    name: attribute("name"),
    hasSecondStep: null,
    tenantAttribute: attribute(env().COGNITO_TENANT_CLAIM),
    identities: identitiesIn(attribute("identities")),
    isEnabled: user.Enabled ?? false,
    status: user.UserStatus,
    createdAt: user.UserCreateDate ?? new Date(0),
  };
}

function inPool() {
  return { UserPoolId: env().COGNITO_USER_POOL_ID };
}
