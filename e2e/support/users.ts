import { randomUUID } from "node:crypto";
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { TENANT } from "../../infra/local/pool-shape";
import { localClient } from "../../infra/local/provision";
import type { Ground, Stack } from "../../infra/local/stack";
import { Api, login } from "./api";

export type User = { email: string; password: string };

export type Wanted = {
  email?: string;
  tenant?: string | undefined;
  groups?: string[];
  /** The password is a temporary one: the first sign-in asks for another. */
  temporary?: boolean;
  disabled?: boolean;
  /** A verified number, to which a code is texted at each sign-in. */
  phone?: string;
};

/** A tenant that no other test knows. */
export function newTenant(): string {
  return `t-${randomUUID().slice(0, 8)}`;
}

/** What invites somebody whom nobody has invited yet. */
export function newInvitation(): { email: string; role: string } {
  return { email: `${randomUUID().slice(0, 8)}@people.example`, role: "viewer" };
}

/** Speaks to the pool as its administrator. */
export async function withCognito<T>(
  { pool }: Pick<Ground, "pool">,
  work: (client: ReturnType<typeof localClient>, poolId: string) => Promise<T>,
): Promise<T> {
  const client = localClient(pool.COGNITO_ENDPOINT);
  try {
    return await work(client, pool.COGNITO_USER_POOL_ID);
  } finally {
    client.destroy();
  }
}

/** Makes a user of their own for a test, in the pool of its stack. */
export async function newUser(
  { pool }: Pick<Ground, "pool">,
  {
    email = `${randomUUID().slice(0, 8)}@people.example`,
    tenant,
    groups = ["member"],
    temporary = false,
    disabled = false,
    phone,
  }: Wanted,
): Promise<User> {
  const client = localClient(pool.COGNITO_ENDPOINT);
  const password = `Pw-${randomUUID()}`;
  const user = { UserPoolId: pool.COGNITO_USER_POOL_ID, Username: email };
  const attributes = [
    { Name: "email", Value: email },
    { Name: "email_verified", Value: "true" },
    ...(tenant === undefined ? [] : [{ Name: TENANT, Value: tenant }]),
    ...(phone === undefined
      ? []
      : [
          { Name: "phone_number", Value: phone },
          { Name: "phone_number_verified", Value: "true" },
        ]),
  ];
  await client.send(
    new AdminCreateUserCommand({
      ...user,
      UserAttributes: attributes,
      TemporaryPassword: password,
      MessageAction: "SUPPRESS",
    }),
  );
  for (const GroupName of groups) await client.send(new AdminAddUserToGroupCommand({ ...user, GroupName }));
  if (!temporary) {
    await client.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
  }
  if (phone !== undefined) {
    const SMSMfaSettings = { Enabled: true, PreferredMfa: true };
    await client.send(new AdminSetUserMFAPreferenceCommand({ ...user, SMSMfaSettings }));
  }
  if (disabled) await client.send(new AdminDisableUserCommand(user));
  client.destroy();
  return { email, password };
}

/** An API client that is signed in as a new user; without a wanted tenant, in one of their own. */
export async function newMember(stack: Stack, wanted: Wanted = {}): Promise<Api> {
  const { email, password } = await newUser(stack, { tenant: newTenant(), ...wanted });
  const { url } = stack.application;
  return new Api(url).bearer((await login(url, email, password)).access_token);
}
