import { refused, signIn, startTestCognito } from "@sekisho/local-cognito/testing";
import { afterAll, describe, expect, it } from "vitest";
import { provision } from "./provision";
import { duringFault } from "./testing/fault";
import { runCommandFile } from "./testing/run-command";
import { triggers } from "./triggers";

const cognito = await startTestCognito(triggers);
afterAll(cognito.stop);
const { COGNITO_USER_POOL_ID: UserPoolId, COGNITO_APP_CLIENT_ID: client } = await provision(cognito.url);

const to = (email: string, ...more: string[]) => ["--email", email, "--tenant", "acme", ...more];
const run = (args: string[], environment: Record<string, string> = { COGNITO_ENDPOINT: cognito.url }) =>
  runCommandFile("user-create.ts", args, environment);

const AWS = "https://cognito-idp.ap-northeast-1.amazonaws.com";
const NOBODY = "http://127.0.0.1:9";

describe("user:create", () => {
  it("makes a user of a tenant and a group, and shows the temporary password once", async () => {
    const email = "zoe@acme.example";
    const { code, output } = await run(to(email, "--group", "viewer"));
    expect(code).toBe(0);
    const temporary = /^Temporary password: (\S+)$/m.exec(output)?.[1];
    const user = await cognito.sdk.adminGetUser({ UserPoolId, Username: email });
    expect(user.UserAttributes).toContainEqual({ Name: "custom:tenant_id", Value: "acme" });
    const { Groups } = await cognito.sdk.adminListGroupsForUser({ UserPoolId, Username: email });
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(["viewer"]);
    expect((await signIn(cognito, UserPoolId, client, email, temporary)).ChallengeName).toBeTruthy();

    expect(await run(["--email", email, "--tenant", "globex"])).toEqual({
      code: 1,
      output: `There is an account of ${email} already: npm run user:tenant -- --email ${email} --tenant globex gives it this tenant.\n`,
    });
  });

  it("sets a permanent password and does not show it", async () => {
    const password = "Ch0sen-by-hand!";
    const { code, output } = await run(to("p@acme.example", "--password", password));
    expect(code).toBe(0);
    expect(output).not.toContain(password);
    const { AuthenticationResult } = await signIn(cognito, UserPoolId, client, "p@acme.example", password);
    expect(AuthenticationResult).toBeDefined();
  });

  it("makes nobody whose group does not exist", async () => {
    const email = "half@acme.example";
    const { code, output } = await run(to(email, "--group", "nonesuch"));
    const where = `pool ${UserPoolId} on the local Cognito at ${cognito.url}`;
    expect([code, output]).toEqual([1, `There is no group "nonesuch" in ${where}.\n`]);
    await refused(cognito.sdk.adminGetUser({ UserPoolId, Username: email }), "UserNotFoundException");
  });

  it.each([
    ["reset", /^Cognito does not answer: [^\n]+\.\n$/],
    ["error", /^Cognito refuses: [^\n]+\.\n$/],
    ["throttled", /^Cognito refuses: [^\n]+ \(TooManyRequestsException\)\.\n$/],
  ])("says in a line that Cognito is in trouble: %s", async (kind, said) => {
    const who = to("t@acme.example");
    const { code, output } = await duringFault(cognito.url, "AdminCreateUser", kind, () => run(who));
    expect(output).toMatch(said);
    expect(code).toBe(1);
  });

  it("says in a line why a password is refused, and makes nobody", async () => {
    const { code, output } = await run(to("weak@acme.example", "--password", "short"));
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/^Cognito refuses: [^\n]+ \(InvalidPasswordException\)\.\n$/),
    ]);
    expect(output).not.toContain("short");
  });

  it("says that an account is half made when Cognito goes away in the middle", async () => {
    const who = to("halfway@acme.example");
    const { code, output } = await duringFault(cognito.url, "AdminAddUserToGroup", "reset", () => run(who));
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/^halfway@acme\.example was made and is not finished: [^\n]+\n$/),
    ]);
  });

  it("shows the password also when the database is away, and says so in a line", async () => {
    const { code, output } = await run(to("db@acme.example"), {
      COGNITO_ENDPOINT: cognito.url,
      DATABASE_URL: "postgres://nobody@127.0.0.1:9/nothing",
    });
    expect([code, output.split("\n")]).toEqual([
      1,
      [
        expect.stringMatching(/^Created db@acme\.example /),
        expect.stringMatching(/^Temporary password: \S+$/),
        expect.stringMatching(/^The database does not know the tenant yet.*ECONNREFUSED/),
        "",
      ],
    ]);
  });

  it.each([
    ["no arguments", [], {}, /--email must be an e-mail address\.\n--tenant must be/],
    ["an unknown option", ["--mail", "x"], {}, /Unknown option '--mail'.*\n\nUsage/],
    ["a tenant that is none", to("a@b.co", "--tenant", "Acme"), {}, /^--tenant must be 1 to 64/],
    ["a tenant's name that is the site's", to("a@b.co", "--tenant", "www"), {}, /^--tenant must not be www/],
    [
      "an endpoint on AWS",
      to("a@b.co"),
      { COGNITO_ENDPOINT: AWS },
      /COGNITO_ENDPOINT must be a local Cognito/,
    ],
    [
      "a pool of another region",
      to("a@b.co"),
      { COGNITO_USER_POOL_ID: "eu-west-1_abc", AWS_REGION: "ap-northeast-1" },
      /is a pool in eu-west-1, but AWS_REGION is ap-northeast-1/,
    ],
    ["no local Cognito", to("a@b.co"), { COGNITO_ENDPOINT: NOBODY }, /^No local Cognito answers at \S+:9\./],
  ])("says in a line what is wrong: %s", async (_, args, environment, said) => {
    const { code, output } = await run(args, environment as Record<string, string>);
    expect(code).toBe(1);
    expect(output).toMatch(said);
    expect(output).not.toMatch(/\n {4}at /);
  });
});
