import type { CognitoIdentityProvider, UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import { secretHash, stepAt, totpCode } from "@sekisho/local-cognito/testing";
import { DEMO_PASSWORD, DEMO_USERS, type DemoUser } from "./demo-users";

/** How long a code may take to Cognito. */
const ON_ITS_WAY_MS = 2_000;

/**
 * Gives the demo users their second factors, the way a person would: the authenticator app by signing in and
 * showing a code of it. Whoever has theirs keeps it; whoever cannot sign in any more (another password) is left.
 *
 * @param client one that allows ADMIN_USER_PASSWORD_AUTH.
 */
export async function ensureSecondFactors(
  cognito: CognitoIdentityProvider,
  client: UserPoolClientType,
): Promise<void> {
  const { UserPoolId } = client;
  for (const user of DEMO_USERS) {
    if (!user.totpSecret && !user.textedCode) continue;
    const Username = user.email;
    const { UserMFASettingList = [] } = await cognito.adminGetUser({ UserPoolId, Username });
    if (UserMFASettingList.length > 0) continue;
    if (user.totpSecret && !(await setUpSoftwareToken(cognito, client, user))) continue;
    const factor = user.totpSecret ? "SoftwareTokenMfaSettings" : "SMSMfaSettings";
    const wanted = { [factor]: { Enabled: true, PreferredMfa: true } };
    await cognito.adminSetUserMFAPreference({ UserPoolId, Username, ...wanted });
  }
}

/** Whether it could be done. */
async function setUpSoftwareToken(
  cognito: CognitoIdentityProvider,
  client: UserPoolClientType,
  user: DemoUser,
): Promise<boolean> {
  const AccessToken = await accessToken(cognito, client, user.email);
  if (!AccessToken) return false;
  const { SecretCode = "" } = await cognito.associateSoftwareToken({ AccessToken });
  // The code before the present one, which is good too: the present one is left for whoever signs in right away. At the
  // end of a step it would be too old by the time it is there.
  const UserCode = totpCode(SecretCode, stepAt(Date.now() + ON_ITS_WAY_MS) - 1);
  await cognito.verifySoftwareToken({ AccessToken, UserCode });
  return true;
}

async function accessToken(
  cognito: CognitoIdentityProvider,
  { UserPoolId, ClientId = "", ClientSecret }: UserPoolClientType,
  USERNAME: string,
): Promise<string | undefined> {
  const hash = ClientSecret && { SECRET_HASH: secretHash(ClientSecret, USERNAME, ClientId) };
  const AuthParameters = { USERNAME, PASSWORD: DEMO_PASSWORD, ...hash };
  const request = { UserPoolId, ClientId, AuthFlow: "ADMIN_USER_PASSWORD_AUTH", AuthParameters } as const;
  try {
    return (await cognito.adminInitiateAuth(request)).AuthenticationResult?.AccessToken;
  } catch (error) {
    if (error instanceof Error && error.name === "NotAuthorizedException") return undefined;
    throw error;
  }
}
