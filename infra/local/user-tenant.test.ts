import { describe, expect, it } from "vitest";
import { runCommandFile } from "./testing/run-command";

const someone = "someone@people.example";
const to = (...more: string[]) => ["--email", someone, "--tenant", "acme", ...more];
/** Nobody listens at either; what is refused before they are asked does not say so. */
const AWAY = {
  COGNITO_ENDPOINT: "http://127.0.0.1:9",
  DATABASE_URL: "postgres://nobody@127.0.0.1:9/nothing",
};

describe("user:tenant says in one sentence that", () => {
  it.each<[what: string, args: string[], environment: Record<string, string>, said: RegExp]>([
    ["the tenant is malformed", to("--tenant", "Acme Ltd"), {}, /^--tenant must be 1 to 64/],
    ["the tenant is reserved", to("--tenant", "www"), {}, /^--tenant must not be www/],
    ["the address is none", to("--email", "someone"), {}, /^--email must be an e-mail address\./],
    ["the role is none", to("--role", "owner"), {}, /^--role must be one of viewer, member/],
    ["no database is told", to(), { DATABASE_URL: "" }, /^Set DATABASE_URL \(or DATA_DIR/],
    ["Cognito is away", to(), {}, /^No local Cognito answers at http:\/\/127\.0\.0\.1:9\./],
    [
      "an endpoint is not local",
      to(),
      { COGNITO_ENDPOINT: "https://cognito-idp.ap-northeast-1.amazonaws.com" },
      /^COGNITO_ENDPOINT must be a local Cognito/,
    ],
    [
      "the database is away",
      to(),
      { COGNITO_ENDPOINT: "", COGNITO_USER_POOL_ID: "eu-west-1_abc" },
      /^The database is not available: connect ECONNREFUSED 127\.0\.0\.1:9\.$/m,
    ],
    [
      "the environment is not valid",
      to(),
      { COGNITO_ENDPOINT: "", COGNITO_USER_POOL_ID: "eu-west-1_abc", TENANT_MODE: "host" },
      /^The environment is not valid:\n {2}TENANT_MODE: /,
    ],
  ])("%s", async (_, args, environment, said) => {
    const { code, output } = await runCommandFile("user-tenant.ts", args, { ...AWAY, ...environment });
    expect([code, output]).toEqual([1, expect.stringMatching(said)]);
    expect(output).toMatch(/^[^\n]+\n( {2}[^\n]+\n)?$/);
  });

  it("something is missing, with how it is used", async () => {
    const { code, output } = await runCommandFile("user-tenant.ts", ["--email", someone], AWAY);
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/^--email and --tenant are both needed\.\n\nUsage/),
    ]);
  });
});
