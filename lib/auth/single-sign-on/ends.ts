import { acceptedUsers, leases, provedDomains, signInDomains, singleSignOns } from "../../db/schema";
import type { TableEnd } from "../../db/table-end";

export const ends: readonly TableEnd[] = [
  { table: singleSignOns, by: "use", when: "kept: one row a tenant" },
  { table: signInDomains, by: "use", when: "when an administrator removes the domain" },
  { table: provedDomains, by: "use", when: "with the domain, or its tenant" },
  { table: acceptedUsers, by: "use", when: "when the member, the provider or the tenant is removed" },
  { table: leases, by: "use", when: "kept: one row a kind of work" },
];
