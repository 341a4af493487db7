import { objectOf, oneOf, text } from "../shape";
import type { MadeTenant } from "./contract";

/** What a page reads of a tenant that was made. */
export const madeTenantShape = objectOf<Pick<MadeTenant, "name" | "invitation">>({
  name: text,
  invitation: oneOf(["mailed", "failed", "none"]),
});
