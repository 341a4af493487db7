import {
  RespondToAuthChallengeCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { TENANT } from "../../infra/local/pool-shape";
import { Api, login } from "../support/api";
import { expect, test } from "../support/test";
import { newTenant, newUser, withCognito } from "../support/users";

/** What a user can reach by themself, without our application in between: Cognito's own public operations. */
test("nobody can write their own tenant at Cognito, by any of its doors", async ({ stack, baseURL }) => {
  const own = newTenant();
  const { email, password } = await newUser(stack, { tenant: own });
  const { access_token: AccessToken } = await login(baseURL, email, password);
  const starter = await newUser(stack, { tenant: own, temporary: true });
  const begun = await new Api(baseURL).post("/api/user/login", starter);
  expect(begun.body).toMatchObject({ challenge: "NEW_PASSWORD_REQUIRED" });
  const { session: Session } = begun.body as { session: string };

  await withCognito(stack, async (client) => {
    for (const ClientId of [stack.pool.COGNITO_APP_CLIENT_ID, stack.pool.COGNITO_WEB_CLIENT_ID]) {
      const signUp = new SignUpCommand({
        ClientId,
        Username: "mallory@evil.example",
        Password: "Passw0rd!demo",
        UserAttributes: [{ Name: TENANT, Value: "globex" }],
      });
      await expect(client.send(signUp)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    }
    const move = new UpdateUserAttributesCommand({
      AccessToken,
      UserAttributes: [{ Name: TENANT, Value: "globex" }],
    });
    await expect(client.send(move)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    const withPassword = new RespondToAuthChallengeCommand({
      ClientId: stack.pool.COGNITO_APP_CLIENT_ID,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session,
      ChallengeResponses: {
        USERNAME: starter.email,
        NEW_PASSWORD: "Passw0rd!demo2",
        [`userAttributes.${TENANT}`]: "globex",
      },
    });
    await expect(client.send(withPassword)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  });
  const again = await login(baseURL, email, password);
  const { body } = await new Api(baseURL).bearer(again.access_token).get("/api/user/tenant");
  expect(body).toMatchObject({ tenant_id: own });
});
