import {
  AdminSetUserMFAPreferenceCommand,
  AdminUpdateUserAttributesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Ground, Stack } from "../../infra/local/stack";
import { type Authenticator, turnOnAuthenticator } from "./authenticator";
import { apiOf } from "./person";
import { newTenant, newUser, type User, withCognito } from "./users";

let phones = 0;
/** A number that no other test of this worker has. */
export const newPhone = () => `+8190${String(20_000_000 + phones++)}`;

export async function userWithAuthenticator(stack: Stack): Promise<{ user: User; app: Authenticator }> {
  const user = await newUser(stack, { tenant: newTenant() });
  return { user, app: await turnOnAuthenticator(await apiOf(stack, user), user) };
}

/** A user who has an authenticator app and a phone, and prefers neither. */
export async function userWithTwoFactors(stack: Stack) {
  const { user, app } = await userWithAuthenticator(stack);
  const phone = newPhone();
  await addPhone(stack, user, phone);
  return { user: { ...user, phone }, app };
}

export async function addPhone(stack: Ground, { email }: User, phone: string): Promise<void> {
  await withCognito(stack, async (client, UserPoolId) => {
    const UserAttributes = [
      { Name: "phone_number", Value: phone },
      { Name: "phone_number_verified", Value: "true" },
    ];
    await client.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username: email, UserAttributes }));
    const setting = { Enabled: true, PreferredMfa: false };
    const settings = { SMSMfaSettings: setting, SoftwareTokenMfaSettings: setting };
    await client.send(new AdminSetUserMFAPreferenceCommand({ UserPoolId, Username: email, ...settings }));
  });
}
