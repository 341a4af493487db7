import "./quiet-sdk";
import { randomInt } from "node:crypto";
import { keepTenant } from "./keep-tenant";
import { Refusal, readOptions, runCommand } from "./refusal";
import { userFaults } from "./user-options";
import { answered, findUserPool, requireGroup, type UserPool } from "./user-pool";

const USAGE = `Usage: npm run user:create -- --email <address> --tenant <tenant> [--group <name>]...
         [--temporary-password <password> | --password <password>] [--pool <name>] [--tenant-name <name>]

Without a group it is "member", who may read and write. Without a password a temporary one is made and shown once.
With DATABASE_URL the tenant is put among those there are, too; otherwise its first sign-in does that.
On the local Cognito (COGNITO_ENDPOINT, or the one that runs on COGNITO_LOCAL_PORT), the pool is found by its
name ("sekisho"). On AWS: set COGNITO_USER_POOL_ID and leave COGNITO_ENDPOINT unset.`;

interface Wish {
  email: string;
  tenant: string;
  groups: string[];
  password?: string;
  permanent: boolean;
  poolName?: string;
  /** What people call the tenant. */
  tenantName?: string;
}

async function main(): Promise<void> {
  const wish = readWish();
  const pool = await findUserPool(wish.poolName);
  const temporary = await createUser(pool, wish);
  console.log(`Created ${wish.email} for tenant ${wish.tenant} in ${pool.name}.`);
  if (temporary) console.log(`Temporary password: ${temporary}`);
  const { DATABASE_URL } = process.env;
  if (!DATABASE_URL) return;
  await keepTenant(DATABASE_URL, { id: wish.tenant, name: wish.tenantName }).catch((error: Error) => {
    const why = error.message || (error as NodeJS.ErrnoException).code;
    throw new Refusal(`The database does not know the tenant yet, its first sign-in will do that: ${why}.`);
  });
}

/** @throws Refusal with the usage when the arguments do not make sense. */
function readWish(): Wish {
  const {
    group,
    pool,
    password,
    "temporary-password": temporary,
    "tenant-name": tenantName,
    ...user
  } = readOptions(
    {
      email: { type: "string" },
      tenant: { type: "string" },
      group: { type: "string", multiple: true },
      pool: { type: "string" },
      "tenant-name": { type: "string" },
      password: { type: "string" },
      "temporary-password": { type: "string" },
    },
    USAGE,
  );
  const { email, tenant } = user;
  const faults = userFaults(user);
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
    ...(pool !== undefined && { poolName: pool }),
    ...(chosen !== undefined && { password: chosen }),
    ...(tenantName !== undefined && { tenantName }),
  };
}

/** @returns the temporary password when one was made. @throws Refusal */
async function createUser(pool: UserPool, wish: Wish): Promise<string | undefined> {
  for (const group of wish.groups) await requireGroup(pool, group);
  const { email: Username, tenant } = wish;
  const made = wish.password === undefined ? temporaryPassword() : undefined;
  const password = made ?? wish.password ?? "";
  const user = { UserPoolId: pool.id, Username };
  await answered(
    pool.cognito.adminCreateUser({
      ...user,
      TemporaryPassword: password,
      MessageAction: "SUPPRESS",
      UserAttributes: [
        { Name: "email", Value: Username },
        { Name: "email_verified", Value: "true" },
        { Name: "custom:tenant_id", Value: tenant },
      ],
    }),
    {
      UsernameExistsException: `There is an account of ${Username} already: npm run user:tenant -- --email ${Username} --tenant ${tenant} gives it this tenant.`,
    },
  );
  try {
    for (const GroupName of wish.groups)
      await answered(pool.cognito.adminAddUserToGroup({ ...user, GroupName }));
    const permanently = { ...user, Password: password, Permanent: true };
    if (wish.permanent) await answered(pool.cognito.adminSetUserPassword(permanently));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const half = `${Username} was made and is not finished: delete the account and begin anew.`;
    throw new Refusal(`${half} ${error.message}`);
  }
  return made;
}

/** Sixteen characters that nobody mistakes for one another, of the four kinds that the pool asks for. */
function temporaryPassword(): string {
  const kinds = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "!#$%*+-=?@"];
  const pick = (from: string) => from.charAt(randomInt(from.length));
  return [...kinds, ...Array.from({ length: 12 }, () => kinds.join(""))].map(pick).join("");
}

runCommand(main);
