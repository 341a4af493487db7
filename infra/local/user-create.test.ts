import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import {
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refused, signIn, startTestCognito, type TestCognito } from "../local-cognito/src/testing";
import { type PoolEnvironment, provision } from "./provision";
import { triggers } from "./triggers";

const command = fileURLToPath(new URL("./user-create.ts", import.meta.url));
let cognito: TestCognito;
let pool: PoolEnvironment;

beforeAll(async () => {
  cognito = await startTestCognito(triggers);
  pool = await provision(cognito.url);
});
afterAll(() => cognito.stop());

async function run(args: string[], environment: Record<string, string> = { COGNITO_ENDPOINT: cognito.url }) {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", command, ...args], {
    env: { PATH, HOME, NODE_ENV: "test", AWS_EC2_METADATA_DISABLED: "true", ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const [code] = await once(child, "close");
  return { code, output };
}

describe("user:create", () => {
  it("makes a user of a tenant and a group, and shows the temporary password once", async () => {
    const email = "zoe@acme.example";
    const { code, output } = await run(["--email", email, "--tenant", "acme", "--group", "viewer"]);
    expect(code).toBe(0);
    const temporary = /^Temporary password: (\S+)$/m.exec(output)?.[1];
    const { COGNITO_USER_POOL_ID: UserPoolId, COGNITO_APP_CLIENT_ID: client } = pool;
    const user = await cognito.sdk.send(new AdminGetUserCommand({ UserPoolId, Username: email }));
    expect(user.UserAttributes).toContainEqual({ Name: "custom:tenant_id", Value: "acme" });
    const { Groups } = await cognito.sdk.send(
      new AdminListGroupsForUserCommand({ UserPoolId, Username: email }),
    );
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(["viewer"]);
    expect((await signIn(cognito.sdk, UserPoolId, client, email, temporary)).ChallengeName).toBeTruthy();
    const again = await run(["--email", email, "--tenant", "globex"]);
    expect(again).toEqual({ code: 1, output: "UsernameExistsException: User account already exists\n" });
  });

  it("sets a permanent password and does not show it", async () => {
    const password = "Ch0sen-by-hand!";
    const { code, output } = await run([
      "--email",
      "p@acme.example",
      "--tenant",
      "acme",
      "--password",
      password,
    ]);
    expect(code).toBe(0);
    expect(output).not.toContain(password);
    const { COGNITO_USER_POOL_ID: id, COGNITO_APP_CLIENT_ID: client } = pool;
    expect(
      (await signIn(cognito.sdk, id, client, "p@acme.example", password)).AuthenticationResult,
    ).toBeDefined();
  });

  it("makes nobody whose group does not exist", async () => {
    const email = "half@acme.example";
    const { code, output } = await run(["--email", email, "--tenant", "acme", "--group", "nonesuch"]);
    expect([code, output]).toEqual([1, "ResourceNotFoundException: Group not found.\n"]);
    const UserPoolId = pool.COGNITO_USER_POOL_ID;
    await refused(
      cognito.sdk.send(new AdminGetUserCommand({ UserPoolId, Username: email })),
      "UserNotFoundException",
    );
  });

  it.each([
    ["no arguments", [], {}, /--email must be an e-mail address\.\n--tenant must be/],
    ["an unknown option", ["--mail", "x"], {}, /Unknown option '--mail'.*\n\nUsage/],
    [
      "an endpoint on AWS",
      ["--email", "a@b.co", "--tenant", "acme"],
      { COGNITO_ENDPOINT: "https://cognito-idp.ap-northeast-1.amazonaws.com" },
      /COGNITO_ENDPOINT must be a local Cognito/,
    ],
    [
      "a pool of another region",
      ["--email", "a@b.co", "--tenant", "acme"],
      { COGNITO_USER_POOL_ID: "eu-west-1_abc", AWS_REGION: "ap-northeast-1" },
      /is a pool in eu-west-1, but AWS_REGION is ap-northeast-1/,
    ],
    [
      "no local Cognito",
      ["--email", "a@b.co", "--tenant", "acme"],
      { COGNITO_ENDPOINT: "http://127.0.0.1:9" },
      /^No local Cognito answers at http:\/\/127\.0\.0\.1:9\./,
    ],
  ])("says in a line what is wrong: %s", async (_, args, environment, said) => {
    const { code, output } = await run(args, environment as Record<string, string>);
    expect(code).toBe(1);
    expect(output).toMatch(said);
    expect(output).not.toMatch(/\n {4}at /);
  });
});
