import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { z } from "zod";
import { DEMO_PASSWORD, type PoolEnvironment } from "../../infra/local/provision";
import { Api } from "../support/api";
import { withoutAwsCli } from "../support/skip-reason";
import { expect, test } from "../support/test";

const reason = withoutAwsCli();
const SignedIn = z.object({
  AuthenticationResult: z.object({
    AccessToken: z.string(),
    IdToken: z.string(),
    RefreshToken: z.string(),
    ExpiresIn: z.literal(3600),
    TokenType: z.literal("Bearer"),
  }),
});
const Challenged = z.object({ ChallengeName: z.literal("NEW_PASSWORD_REQUIRED"), Session: z.string() });

test.skip(reason !== null, reason ?? "");

/** What `aws cognito-idp` answers, with credentials that only look like some. */
async function aws(pool: PoolEnvironment, operation: string, ...args: string[]): Promise<unknown> {
  const where = ["--endpoint-url", pool.COGNITO_ENDPOINT, "--region", pool.AWS_REGION, "--output", "json"];
  const { stdout } = await promisify(execFile)("aws", ["cognito-idp", operation, ...where, ...args], {
    env: { ...process.env, AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x", AWS_PAGER: "" },
  });
  return JSON.parse(stdout);
}

test("admin-initiate-auth gets bob's tokens, under the flow's name of today and of old", async ({
  stack,
}) => {
  const { pool, application } = stack;
  for (const flow of ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"]) {
    const answer = await aws(
      pool,
      "admin-initiate-auth",
      ...["--user-pool-id", pool.COGNITO_USER_POOL_ID, "--client-id", pool.COGNITO_APP_CLIENT_ID],
      ...["--auth-flow", flow, "--auth-parameters", `USERNAME=bob@acme.example,PASSWORD=${DEMO_PASSWORD}`],
    );
    const { AccessToken } = SignedIn.parse(answer).AuthenticationResult;
    expect((await new Api(application.url).bearer(AccessToken).get("/api/user/tenant")).body).toMatchObject({
      tenant_id: "acme",
    });
  }
});

test("a new user is made, chooses a password and calls the API, all with the command line", async ({
  stack,
}) => {
  const { pool, application } = stack;
  const ids = ["--user-pool-id", pool.COGNITO_USER_POOL_ID, "--client-id", pool.COGNITO_APP_CLIENT_ID];
  const [email, temporary, chosen] = [`${randomUUID()}@acme.example`, "Temp0rary!one", "Ch0sen!by-me"];
  await aws(
    pool,
    "admin-create-user",
    ...ids.slice(0, 2),
    ...["--username", email, "--temporary-password", temporary, "--message-action", "SUPPRESS"],
    ...["--user-attributes", `Name=email,Value=${email}`, "Name=email_verified,Value=true"],
    "Name=custom:tenant_id,Value=acme",
  );
  const credentials = `USERNAME=${email},PASSWORD=${temporary}`;
  const signIn = ["--auth-flow", "ADMIN_NO_SRP_AUTH", "--auth-parameters", credentials];
  const { ChallengeName, Session } = Challenged.parse(
    await aws(pool, "admin-initiate-auth", ...ids, ...signIn),
  );
  const answered = await aws(
    pool,
    "admin-respond-to-auth-challenge",
    ...ids,
    ...["--challenge-name", ChallengeName, "--session", Session],
    ...["--challenge-responses", `USERNAME=${email},NEW_PASSWORD=${chosen}`],
  );
  const { AccessToken } = SignedIn.parse(answered).AuthenticationResult;
  expect((await new Api(application.url).bearer(AccessToken).get("/api/user/me/")).status).toBe(200);
});

test("a wrong password is refused in Cognito's words", async ({ stack }) => {
  const { pool } = stack;
  const refused = aws(
    pool,
    "admin-initiate-auth",
    ...["--user-pool-id", pool.COGNITO_USER_POOL_ID, "--client-id", pool.COGNITO_APP_CLIENT_ID],
    ...[
      "--auth-flow",
      "ADMIN_USER_PASSWORD_AUTH",
      "--auth-parameters",
      "USERNAME=bob@acme.example,PASSWORD=Wr0ng!one",
    ],
  );
  await expect(refused).rejects.toThrow(
    "An error occurred (NotAuthorizedException) when calling the AdminInitiateAuth operation: Incorrect username or password.",
  );
});
