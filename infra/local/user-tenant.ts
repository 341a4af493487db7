import "./quiet-sdk";
import { GIVEN_ROLES } from "@/lib/roles";
import { giveTenant, type Wish } from "./give-tenant";
import { Refusal, readOptions, runCommand } from "./refusal";
import { userFaults } from "./user-options";
import { findUserPool } from "./user-pool";
import { requireDatabase, withApplication } from "./with-application";

const USAGE = `Usage: npm run user:tenant -- --email <address> --tenant <tenant> [--role viewer|member|admin] [--pool <name>]

Gives an existing account another tenant, or its first one. Everything that was open before ends, and both tenants'
audit logs tell of it. Without --role an administrator becomes a member; a member or viewer stays what they are.
For somebody who is in the tenant already, --role changes the role.
The database is the application's: DATABASE_URL, or DATA_DIR with the application stopped where it is PGlite.
The pool is found as npm run user:create finds it.`;

async function main(): Promise<void> {
  const wish = readWish();
  requireDatabase();
  const pool = await findUserPool(wish.poolName);
  await withApplication(pool, async () => {
    for (const line of await giveTenant(pool, wish)) console.log(line);
  });
}

/** @throws Refusal, with the usage where something is missing. */
function readWish(): Wish & { poolName?: string } {
  const { email, tenant, role, pool } = readOptions(
    {
      email: { type: "string" },
      tenant: { type: "string" },
      role: { type: "string" },
      pool: { type: "string" },
    },
    USAGE,
  );
  if (email === undefined || tenant === undefined) {
    throw new Refusal(`--email and --tenant are both needed.\n\n${USAGE}`);
  }
  const given = GIVEN_ROLES.find((each) => each === role);
  const faults = userFaults({ email, tenant });
  if (role !== given) faults.push(`--role must be one of ${GIVEN_ROLES.join(", ")}.`);
  if (faults.length > 0) throw new Refusal(faults.join("\n"));
  return { email, tenant, ...(given && { role: given }), ...(pool !== undefined && { poolName: pool }) };
}

runCommand(main);
