import { feature } from "../feature";
import * as operations from "./operations";
import type en from "./words/en.json";

/** What is done to tenants as a whole, by the platform's own staff. Carried out in `lib/platform`, above the features. */
export const tenants = feature<typeof en>()({
  name: "tenants",
  tags: [{ name: "Tenants", description: "The tenants that there are, for the platform's own staff." }],
  operations,
  actions: [
    "platform.tenant_made",
    "platform.tenant_renamed",
    "platform.tenant_suspended",
    "platform.tenant_resumed",
    "platform.tenant_exported",
    "platform.tenant_deleted",
    "platform.administrator_invited",
    "platform.domain_proved",
    "platform.passwords_allowed",
  ],
  page: {
    needs: "operator",
    icon: "building",
    hasRows: true,
    begin: [{ label: "makeTenant", href: "/tenants?begin=make", needs: "operator" }],
    find: { list: "/api/tenants", by: "q", shows: "name", beside: "id", href: "/tenants/{id}" },
  },
});
