import { once } from "node:events";
import { createItem } from "../../../lib/items/create-item";
import { makeTenant } from "./tenant";

/**
 * Once it is told to go, adds items to the tenant `acme` for as long as it lives, and prints the id of each that was
 * acknowledged; or why it could not.
 */
const tenant = makeTenant({ tenantId: "acme" });
await once(process.stdin, "data");
try {
  while (true) {
    const { id } = await createItem(tenant, { name: "written", description: "x".repeat(500) });
    console.log(id);
  }
} catch (error) {
  console.log(String(error));
}
