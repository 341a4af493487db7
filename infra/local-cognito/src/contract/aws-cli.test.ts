import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { openForFile } from "./bench";
import { PASSWORD } from "./pool";

const hasCli = isThere();
if (!hasCli) process.stdout.write("skipped: the AWS CLI as a client, because there is no aws\n");
const target = await openForFile();

async function cli(...args: string[]): Promise<Record<string, Record<string, string>>> {
  const where = ["--endpoint-url", target.endpoint, "--region", target.region, "--output", "json"];
  const { stdout } = await promisify(execFile)("aws", ["cognito-idp", ...args, ...where], {
    env: { ...process.env, AWS_PAGER: "" },
  });
  return stdout.trim() ? JSON.parse(stdout) : {};
}

describe.skipIf(!hasCli)("the AWS CLI", { timeout: 300_000 }, () => {
  let pool = "";
  it("makes a pool, a client and a user, signs in and reads the user, and deletes the pool", async () => {
    const { UserPool } = await cli(
      "create-user-pool",
      "--pool-name",
      "cli",
      "--username-attributes",
      "email",
    );
    pool = UserPool?.Id ?? "";
    expect(pool).toMatch(/^[\w-]+_\w+$/);
    const inPool = ["--user-pool-id", pool];
    const flows = ["--explicit-auth-flows", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
    const { UserPoolClient } = await cli(
      "create-user-pool-client",
      ...inPool,
      "--client-name",
      "c",
      ...flows,
    );
    const client = UserPoolClient?.ClientId ?? "";
    const user = [...inPool, "--username", "bob@acme.example"];
    await cli("admin-create-user", ...user, "--message-action", "SUPPRESS");
    await cli("admin-set-user-password", ...user, "--password", PASSWORD, "--permanent");
    const parameters = `USERNAME=bob@acme.example,PASSWORD=${PASSWORD}`;
    const { AuthenticationResult } = await cli(
      ...["admin-initiate-auth", ...inPool, "--client-id", client],
      ...["--auth-flow", "ADMIN_USER_PASSWORD_AUTH", "--auth-parameters", parameters],
    );
    const token = AuthenticationResult?.AccessToken ?? "";
    expect(decodeJwt(token)).toMatchObject({ client_id: client, token_use: "access" });
    const me = await cli("get-user", "--access-token", token);
    expect(me.UserAttributes).toContainEqual({ Name: "email", Value: "bob@acme.example" });
    await cli("delete-user-pool", ...inPool);
  });

  it("shows the exception by its name", async () => {
    await expect(cli("describe-user-pool", "--user-pool-id", `${target.region}_AAAAAAAAA`)).rejects.toThrow(
      /\(ResourceNotFoundException\) when calling the DescribeUserPool operation/,
    );
  });
});

function isThere(): boolean {
  try {
    execFileSync("aws", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
