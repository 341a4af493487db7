import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startCognito } from "@sekisho/local-cognito";
import { localClient } from "@sekisho/local-cognito/testing";
import { afterAll, describe, expect, it } from "vitest";
import { freePort } from "./ports";
import { run, terraformEnvironment, withoutTerraform } from "./testing/terraform-folder";
import { startProvider } from "./testing/terraform-provider";

const missing = withoutTerraform("Terraform's cycle");

const folder = mkdtempSync(join(tmpdir(), "cognito-terraform-"));
const dataDir = join(folder, "cognito");
// None that the system gives to connections: it starts there once more.
let cognito = await startCognito({ port: await freePort(), dataDir });
const sdk = localClient(cognito.url);
const provider = missing === undefined ? await startProvider() : undefined;
afterAll(async () => {
  sdk.destroy();
  await cognito.close();
  await provider?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function terraform(...args: string[]): Promise<string> {
  const env = terraformEnvironment({ ...provider?.environment, TF_VAR_endpoint: cognito.url });
  const { code, stdout, stderr } = await run("terraform", args, { cwd: folder, env });
  if (code !== 0) throw new Error(`terraform ${args[0]}: ${stdout}\n${stderr}`);
  return stdout;
}
const apply = (...vars: string[]) => terraform("apply", "-auto-approve", ...vars);
/** An output, as `apply` prints them all at its end. */
const output = (out: string, name: string) => new RegExp(`^${name} = "(.*)"$`, "m").exec(out)?.[1] ?? "";

describe.skipIf(missing !== undefined)("Terraform, on the local Cognito,", { timeout: 300_000 }, () => {
  it("makes a pool with everything that belongs to it", async () => {
    cpSync(
      fileURLToPath(new URL("testing/terraform-pool/main.tf", import.meta.url)),
      join(folder, "main.tf"),
    );
    await terraform("init");
    const out = await apply();
    expect(out).toMatch(/Apply complete! Resources: 9 added, 0 changed, 0 destroyed/);
    const UserPoolId = output(out, "user_pool_id");
    await expect(sdk.deleteUserPool({ UserPoolId })).rejects.toThrow(/deletion protection/);
    const { Groups } = await sdk.adminListGroupsForUser({ UserPoolId, Username: "alice@acme.example" });
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(["admin"]);
  });

  const updates = ["description=second", "access_token_minutes=15", "deletion_protection=INACTIVE"].map(
    (each) => `-var=${each}`,
  );
  it("updates in place what can be updated, also after a restart, and finds nothing else to change", async () => {
    await cognito.close();
    cognito = await startCognito({ port: cognito.port, dataDir });
    const out = await apply(...updates);
    expect(out).toMatch(/0 added, 3 changed, 0 destroyed/);
    const UserPoolId = output(out, "user_pool_id");
    const { UserPool } = await sdk.describeUserPool({ UserPoolId });
    expect(UserPool?.UserPoolTags).toEqual({ project: "contract", revision: "second" });
    expect(UserPool?.DeletionProtection).toBe("INACTIVE");
    const ClientId = output(out, "client_id");
    const { UserPoolClient } = await sdk.describeUserPoolClient({ UserPoolId, ClientId });
    expect(UserPoolClient).toMatchObject({ AccessTokenValidity: 15, IdTokenValidity: 60 });
  });

  it("destroys it all and leaves nothing", async () => {
    const out = await terraform("destroy", "-auto-approve", "-refresh=false", ...updates);
    expect(out).toMatch(/Destroy complete! Resources: 9 destroyed/);
    const { UserPools } = await sdk.listUserPools({ MaxResults: 60 });
    expect(UserPools).toEqual([]);
  });
});
