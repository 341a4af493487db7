import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AdminListGroupsForUserCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListGroupsCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { startCognito } from "@sekisho/local-cognito";
import { decodeJwt } from "jose";
import { type Application, type Environment, startApplication } from "../../infra/local/application";
import { freePort } from "../../infra/local/ports";
import { localClient, provision } from "../../infra/local/provision";
import { localSecret } from "../../infra/local/secret";
import { killApplication } from "../../infra/local/stack";
import {
  copyTerraform,
  pointAtLocalCognito,
  type Ran,
  run,
  type TerraformFolder,
} from "../../infra/local/testing/terraform-folder";
import { type RunningProvider, startProvider } from "../../infra/local/testing/terraform-provider";
import { PRE_TOKEN_GENERATION_ARN, triggers } from "../../infra/local/triggers";
import { Api, login } from "../support/api";
import { signInHosted } from "../support/hosted-sign-in";
import { pressSignOut } from "../support/page";
import { withoutTerraform } from "../support/skip-reason";
import { expect, test } from "../support/test";

const reason = withoutTerraform();
test.skip(reason !== null, reason ?? "");
test.describe.configure({ mode: "serial", timeout: 600_000 });

const user = { email: "first@acme.example", password: "Ch0sen-by-hand!" };
let dataDir: string;
let cognito: Awaited<ReturnType<typeof startCognito>>;
let folder: TerraformFolder;
let provider: RunningProvider | undefined;
let url: string;
let application: Application | undefined;

test.beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "sekisho-terraform-data-"));
  cognito = await startCognito({ port: 0, dataDir: join(dataDir, "cognito"), triggers, mockIdp: true });
  url = `http://localhost:${await freePort()}`;
  // Lambda, API Gateway and IAM are nowhere but on AWS; the trigger's code runs inside the local Cognito.
  provider = await startProvider();
  folder = copyTerraform({
    ...provider.environment,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    TF_VAR_domain_prefix: "sekisho-journey",
    TF_VAR_app_url: url,
    TF_VAR_pre_token_lambda_arn: PRE_TOKEN_GENERATION_ARN,
    TF_VAR_mfa: "OPTIONAL",
    TF_VAR_deletion_protection: "false",
    TF_VAR_api_enabled: "false",
    TF_VAR_app_role_enabled: "false",
    TF_VAR_custom_message_enabled: "false",
  });
  pointAtLocalCognito(folder, cognito.url);
});

test.afterAll(async () => {
  if (application) await killApplication(application);
  await cognito?.close();
  folder?.remove();
  await provider?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What it printed, when it ended well. */
function done({ code, stdout, stderr }: Ran): string {
  expect(code, `${stdout}\n${stderr}`).toBe(0);
  return stdout;
}

test("infra/bin/terraform_apply makes the pool and all that belongs to it", async () => {
  const out = done(await folder.script("terraform_apply", "-y"));
  expect(out).toContain("Apply complete! Resources: 8 added, 0 changed, 0 destroyed.");
});

test("the pool is the one of npm run dev: what it mails and texts, and how it treats addresses and passwords", async () => {
  const sdk = localClient(cognito.url);
  const made = (await sdk.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools?.[0]?.Id;
  const local = await provision(cognito.url, { poolName: "local", appUrl: url });
  const settingsOf = async (UserPoolId: string | undefined) => {
    const { UserPool } = await sdk.send(new DescribeUserPoolCommand({ UserPoolId }));
    const { AdminCreateUserConfig, VerificationMessageTemplate, SmsAuthenticationMessage } = UserPool ?? {};
    const { AutoVerifiedAttributes, UserAttributeUpdateSettings, AccountRecoverySetting } = UserPool ?? {};
    const { Policies, UsernameAttributes, UsernameConfiguration, SchemaAttributes } = UserPool ?? {};
    // A set: its order means nothing.
    Policies?.SignInPolicy?.AllowedFirstAuthFactors?.sort();
    const own = SchemaAttributes?.filter(({ Name }) => Name === "email" || Name?.startsWith("custom:"));
    return {
      mails: { AdminCreateUserConfig, VerificationMessageTemplate, SmsAuthenticationMessage },
      addresses: { AutoVerifiedAttributes, UserAttributeUpdateSettings, AccountRecoverySetting },
      accounts: { Policies, UsernameAttributes, UsernameConfiguration, own },
    };
  };
  const [terraform, dev] = [await settingsOf(made), await settingsOf(local.COGNITO_USER_POOL_ID)];
  expect(terraform.mails.AdminCreateUserConfig?.InviteMessageTemplate?.EmailMessage).toContain(url);
  expect(terraform).toEqual(dev);
  const [UserPoolId, Domain] = [local.COGNITO_USER_POOL_ID, "local"];
  await sdk.send(new DeleteUserPoolDomainCommand({ UserPoolId, Domain }));
  await sdk.send(new DeleteUserPoolCommand({ UserPoolId }));
  sdk.destroy();
});

test("the application starts on its outputs, and a user signs in both ways; a second plan is empty", async ({
  browser,
}) => {
  const secondPlan = folder.terraform("plan", "-detailed-exitcode");
  const dotenv = done(await folder.terraform("output", "-raw", "dotenv"));
  const environment: Environment = {
    ...Object.fromEntries(dotenv.split("\n").flatMap((line) => [/^(\w+)=(.*)$/.exec(line)?.slice(1) ?? []])),
    // What is not on AWS.
    COGNITO_ENDPOINT: cognito.url,
    COGNITO_DOMAIN: cognito.url,
    COGNITO_ISSUER: "",
    NEXTAUTH_SECRET: localSecret(dataDir),
    DATA_DIR: dataDir,
    DATABASE_URL: undefined,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  };
  const issuer = `${cognito.url}/${environment.COGNITO_USER_POOL_ID}`;
  Object.assign(environment, { COGNITO_ISSUER: issuer });
  expect(environment.NEXTAUTH_URL).toBe(url);
  const port = Number(new URL(url).port);
  application = await startApplication("start", port, environment, "pipe");

  const who = ["--email", user.email, "--password", user.password, "--tenant", "acme", "--group", "admin"];
  const env = { ...process.env, ...environment };
  done(await run("npm", ["run", "--silent", "user:create", "--", ...who], { cwd: process.cwd(), env }));

  const { access_token } = await login(url, user.email, user.password);
  expect(decodeJwt(access_token)).toMatchObject({ "custom:tenant_id": "acme", iss: issuer });
  const api = new Api(url).bearer(access_token);
  expect((await api.get("/api/user/tenant")).body).toMatchObject({ tenant_id: "acme" });

  // Beside the application's start: both take seconds.
  expect(done(await secondPlan)).toContain("No changes.");
  const page = await browser.newPage({ baseURL: url });
  await signInHosted(page, user);
  await pressSignOut(page);
  await expect(page).toHaveURL(`${url}/signin`);
});

/** The pool with what a wrong plan would take away: its clients, groups, domain, and who is in which group. */
async function standing(sdk: ReturnType<typeof localClient>) {
  const UserPoolId = (await sdk.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools?.[0]?.Id;
  const { UserPoolClients } = await sdk.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60 }));
  const { Groups = [] } = await sdk.send(new ListGroupsCommand({ UserPoolId }));
  const { UserPool } = await sdk.send(new DescribeUserPoolCommand({ UserPoolId }));
  const own = await sdk.send(new AdminListGroupsForUserCommand({ UserPoolId, Username: user.email }));
  const clients = (UserPoolClients ?? []).map(({ ClientId }) => ClientId).sort();
  const described = await Promise.all(
    clients.map((ClientId) => sdk.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))),
  );
  return {
    pool: UserPoolId,
    domain: UserPool?.Domain,
    clients,
    rotation: described.map(({ UserPoolClient }) => UserPoolClient?.RefreshTokenRotation?.Feature),
    providers: described.flatMap(({ UserPoolClient }) => UserPoolClient?.SupportedIdentityProviders ?? []),
    groups: Groups.map(({ GroupName, CreationDate }) => `${GroupName} ${CreationDate?.toISOString()}`).sort(),
    memberships: own.Groups?.map(({ GroupName }) => GroupName),
  };
}

/** As the application does for a tenant that signs in by a provider of its own. */
async function addProvider(sdk: ReturnType<typeof localClient>, UserPoolId: string): Promise<void> {
  const ProviderDetails = { MetadataURL: `${cognito.url}/_idp/acme/metadata` };
  const provider = { ProviderName: "sso-acme", ProviderType: "SAML" as const, ProviderDetails };
  await sdk.createIdentityProvider({ UserPoolId, ...provider });
  const { UserPoolClients = [] } = await sdk.listUserPoolClients({ UserPoolId, MaxResults: 60 });
  const ClientId = UserPoolClients.find(({ ClientName }) => ClientName === "web")?.ClientId;
  const { UserPoolClient } = await sdk.describeUserPoolClient({ UserPoolId, ClientId });
  const { SupportedIdentityProviders: before = [], ...kept } = UserPoolClient ?? {};
  await sdk.updateUserPoolClient({
    ...kept,
    UserPoolId,
    ClientId,
    SupportedIdentityProviders: [...before, "sso-acme"],
  });
}

test("another project_name changes names, and destroys no client, group, membership or domain; tenants' providers stay", async () => {
  const sdk = localClient(cognito.url);
  await addProvider(sdk, (await standing(sdk)).pool ?? "");
  const before = await standing(sdk);
  expect(before.memberships).toEqual(["admin"]);
  expect(before.providers).toContain("sso-acme");
  expect(before.groups.map((each) => each.split(" ")[0])).toEqual(["admin", "member", "operator", "viewer"]);
  const changes = ["-var", "project_name=renamed", "-var", "refresh_token_rotation=true"];
  const out = done(await folder.terraform("apply", "-auto-approve", ...changes));
  expect(out).toMatch(/Apply complete! Resources: 0 added, \d changed, 0 destroyed\./);
  expect(await standing(sdk)).toEqual({ ...before, rotation: ["ENABLED", "ENABLED"] });
  sdk.destroy();
});

test("a plan that would destroy any of it is refused before anything is touched, also by hand", async () => {
  const sdk = localClient(cognito.url);
  const before = await standing(sdk);
  const byHand = ["-auto-approve", "-refresh=false"];
  for (const plan of [["destroy"], ["apply", "-var", "generate_server_client_secret=true"]]) {
    const { code, stderr } = await folder.terraform(...plan, ...byHand);
    expect([code, stderr], plan.join(" ")).toEqual([1, expect.stringContaining("prevent_destroy")]);
    expect(await standing(sdk)).toEqual(before);
  }
  // What is named may be made anew, and nothing else with it. What was switched on before is off again.
  done(
    await folder.script("terraform_apply", "-y", "--may-replace=domain", "-var", "domain_prefix=elsewhere"),
  );
  const rotation = ["DISABLED", "DISABLED"];
  expect(await standing(sdk)).toEqual({ ...before, domain: "elsewhere", rotation });
  sdk.destroy();
});

test("infra/bin/terraform_destroy leaves nothing", async () => {
  const out = done(await folder.script("terraform_destroy", "-y"));
  expect(out).toContain("Destroy complete! Resources: 8 destroyed.");
  const sdk = localClient(cognito.url);
  expect((await sdk.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools).toEqual([]);
  sdk.destroy();
});
