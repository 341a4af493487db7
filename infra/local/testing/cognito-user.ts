import { randomUUID } from "node:crypto";
import { signInWithPassword, type Tokens } from "../../../lib/cognito/sign-in";
import { DEMO_PASSWORD } from "../demo-users";
import type { TestCognito } from "./cognito";

/** The tokens of a demo user, fresh from Cognito. */
export async function tokensOf(email: string): Promise<Tokens> {
  const outcome = await signInWithPassword(email, DEMO_PASSWORD);
  if ("challenge" in outcome) throw new Error(`${email} is asked for ${outcome.challenge.name}`);
  return outcome.tokens;
}

type Wanted = {
  email?: string;
  groups?: readonly string[];
  /** The password is a temporary one still. */
  isInvited?: boolean;
  password?: string;
  attributes?: Record<string, string>;
};

/**
 * Somebody whom the pool got from elsewhere: the console, Terraform, a script.
 *
 * @param tenantId null: of no tenant.
 */
export async function newPoolUser(
  { sdk, UserPoolId }: Pick<TestCognito, "sdk" | "UserPoolId">,
  tenantId: string | null,
  { email = newEmail(), groups = [], isInvited = false, password = DEMO_PASSWORD, attributes }: Wanted = {},
): Promise<{ id: string; email: string }> {
  const all = {
    email,
    email_verified: "true",
    ...(tenantId !== null && { "custom:tenant_id": tenantId }),
    ...attributes,
  };
  const UserAttributes = Object.entries(all).map(([Name, Value]) => ({ Name, Value }));
  const user = { UserPoolId, Username: email };
  const { User } = await sdk.adminCreateUser({ ...user, UserAttributes, MessageAction: "SUPPRESS" });
  for (const GroupName of groups) await sdk.adminAddUserToGroup({ ...user, GroupName });
  await sdk.adminSetUserPassword({ ...user, Password: password, Permanent: !isInvited });
  return { id: User?.Username ?? "", email };
}

export function newEmail(): string {
  return `${randomUUID().slice(0, 8)}@people.example`;
}
