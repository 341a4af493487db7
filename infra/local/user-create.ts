import "./quiet-sdk";
import { parseArgs } from "node:util";
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  GetGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { isTenantId } from "@/lib/auth/tenant-id";
import { newTemporaryPassword } from "../local-cognito/src/tokens/opaque";
import { keepTenant } from "./keep-tenant";
import { findPool, localClient } from "./provision";

const USAGE = `Usage: npm run user:create -- --email <address> --tenant <tenant> [--group <name>]...
         [--temporary-password <password> | --password <password>] [--pool <name>] [--tenant-name <name>]

Without a group it is "member", who may read and write. Without a password a temporary one is made and shown once.
With DATABASE_URL the tenant is put among those there are, too; otherwise its first sign-in does that.
On the local Cognito (COGNITO_ENDPOINT, or the one that runs on COGNITO_LOCAL_PORT), the pool is found by its
name ("sekisho"). On AWS: set COGNITO_USER_POOL_ID and leave COGNITO_ENDPOINT unset.`;

/** What a person can mend; shown without a stack. */
class Refusal extends Error {
  override readonly name = "Refusal";
}

interface Wish {
  email: string;
  tenant: string;
  groups: string[];
  password?: string;
  permanent: boolean;
  poolName: string;
  /** What people call the tenant. */
  tenantName?: string;
}

interface Target {
  cognito: CognitoIdentityProviderClient;
  poolId: string;
  /** For the person who reads the result. */
  name: string;
}

async function main(): Promise<void> {
  const wish = readWish(process.argv.slice(2));
  const target = await findTarget(wish.poolName);
  const temporary = await createUser(target, wish);
  const { DATABASE_URL } = process.env;
  if (DATABASE_URL) await keepTenant(DATABASE_URL, { id: wish.tenant, name: wish.tenantName });
  console.log(`Created ${wish.email} for tenant ${wish.tenant} in ${target.name}.`);
  if (temporary) console.log(`Temporary password: ${temporary}`);
}

/** @throws Refusal with the usage when the arguments do not make sense. */
function readWish(args: string[]): Wish {
  const {
    email,
    tenant,
    group,
    pool,
    password,
    "temporary-password": temporary,
    "tenant-name": tenantName,
  } = parse(args);
  const faults: string[] = [];
  if (!email?.includes("@")) faults.push("--email must be an e-mail address.");
  if (!isTenantId(tenant ?? "")) {
    faults.push(
      "--tenant must be 1 to 64 of a-z, 0-9, - and _, beginning and ending with a letter or digit.",
    );
  }
  if (password !== undefined && temporary !== undefined) {
    faults.push("--password and --temporary-password exclude each other.");
  }
  if (faults.length > 0 || email === undefined || tenant === undefined) {
    throw new Refusal(`${faults.join("\n")}\n\n${USAGE}`);
  }
  const chosen = password ?? temporary;
  return {
    email,
    tenant,
    groups: group ?? ["member"],
    permanent: password !== undefined,
    poolName: pool ?? "sekisho",
    ...(chosen !== undefined && { password: chosen }),
    ...(tenantName !== undefined && { tenantName }),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        email: { type: "string" },
        tenant: { type: "string" },
        group: { type: "string", multiple: true },
        pool: { type: "string" },
        "tenant-name": { type: "string" },
        password: { type: "string" },
        "temporary-password": { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

/**
 * The pool that the environment means. Never guesses between a laptop and production: the real one is meant
 * only by a pool id without an endpoint, and an endpoint must be on loopback.
 *
 * @throws Refusal
 */
async function findTarget(poolName: string): Promise<Target> {
  const { COGNITO_ENDPOINT: endpoint, COGNITO_USER_POOL_ID: poolId } = process.env;
  if (endpoint || !poolId) {
    return await localTarget(
      endpoint || `http://127.0.0.1:${process.env.COGNITO_LOCAL_PORT || 9229}`,
      poolName,
    );
  }
  const [region, name] = poolId.split("_");
  if (!region || !name)
    throw new Refusal(`COGNITO_USER_POOL_ID must look like region_name, and is "${poolId}".`);
  const configured = process.env.AWS_REGION;
  if (configured && configured !== region) {
    throw new Refusal(`COGNITO_USER_POOL_ID is a pool in ${region}, but AWS_REGION is ${configured}.`);
  }
  return { cognito: new CognitoIdentityProviderClient({ region }), poolId, name: `pool ${poolId} on AWS` };
}

async function localTarget(endpoint: string, poolName: string): Promise<Target> {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : "";
  if (!["127.0.0.1", "localhost", "[::1]"].includes(host)) {
    throw new Refusal(
      `COGNITO_ENDPOINT must be a local Cognito, and is "${endpoint}". Unset it to reach a pool on AWS.`,
    );
  }
  const cognito = localClient(endpoint);
  const poolId = await findPool(cognito, poolName).catch((error: unknown) => {
    if (!isUnreachable(error)) throw error;
    throw new Refusal(
      `No local Cognito answers at ${endpoint}. Start one (npm run dev, or npm run cognito), or set COGNITO_USER_POOL_ID to reach a pool on AWS.`,
    );
  });
  if (!poolId) throw new Refusal(`The local Cognito at ${endpoint} has no pool named "${poolName}".`);
  return { cognito, poolId, name: `pool ${poolId} on the local Cognito at ${endpoint}` };
}

function isUnreachable(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ECONNREFUSED" || code === "ECONNRESET" || code === "ETIMEDOUT";
}

/** @returns the temporary password when one was made. */
async function createUser({ cognito, poolId: UserPoolId }: Target, wish: Wish): Promise<string | undefined> {
  // First, because a user without the group would be another than was meant.
  for (const GroupName of wish.groups) await cognito.send(new GetGroupCommand({ UserPoolId, GroupName }));
  const Username = wish.email;
  const made = wish.password === undefined ? newTemporaryPassword(16) : undefined;
  const password = made ?? wish.password ?? "";
  await cognito.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username,
      TemporaryPassword: password,
      MessageAction: "SUPPRESS",
      UserAttributes: [
        { Name: "email", Value: wish.email },
        { Name: "email_verified", Value: "true" },
        { Name: "custom:tenant_id", Value: wish.tenant },
      ],
    }),
  );
  for (const GroupName of wish.groups) {
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
  }
  if (wish.permanent) {
    const permanently = { UserPoolId, Username, Password: password, Permanent: true };
    await cognito.send(new AdminSetUserPasswordCommand(permanently));
  }
  return made;
}

main().catch((error: unknown) => {
  const refused = error instanceof Refusal;
  // What Cognito says, and that there are no AWS credentials, are sentences; the rest keeps its stack.
  const said = error instanceof Error && ("$metadata" in error || error.name === "CredentialsProviderError");
  console.error(refused ? error.message : said ? `${error.name}: ${error.message}` : error);
  process.exit(1);
});
