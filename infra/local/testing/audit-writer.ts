import { once } from "node:events";
import { recordAudit } from "../../../lib/audit/record";
import { withTenant } from "../../../lib/db/with-tenant";
import { makeTenant } from "./tenant";

/**
 * Once it is told to go, adds entries to the record of the tenant `acme` for as long as it lives, and prints the id of
 * each that was acknowledged; or why it could not.
 */
const tenant = makeTenant({ tenantId: "acme" });
const event = { action: "member.invited", detail: { text: "x".repeat(500) } } as const;
await once(process.stdin, "data");
try {
  while (true) console.log(await withTenant("acme", (tx) => recordAudit(tx, tenant, event)));
} catch (error) {
  console.log(String(error));
}
