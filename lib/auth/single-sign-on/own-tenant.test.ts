import { expect, test } from "vitest";
import { tenantBy } from "./own-tenant";
import { providerNameOf } from "./provider-name";

const by = (...providers: string[]) => providers.map((provider) => ({ provider, subject: "x" }));

test.each([
  ["somebody with a password", "b7d4", [], "acme", "acme"],
  ["the same without a tenant", "b7d4", [], null, null],
  ["who comes by another kind of provider", "Google_1", by("Google"), "acme", "acme"],
  ["whom a tenant's provider made", "sso-acme_1", by("sso-acme"), null, "acme"],
  ["the same, as the trigger says it", "sso-acme_1", [], "acme", "acme"],
  ["the same, as a provider says it", "sso-acme_1", by("sso-acme"), "globex", null],
  ["who is linked in their own tenant", "b7d4", by("sso-acme"), "acme", "acme"],
  ["who is linked across tenants", "b7d4", by("sso-globex"), "acme", null],
  ["who is linked and of no tenant", "b7d4", by("sso-acme"), null, null],
  ["who comes by two", "b7d4", by("sso-acme", "sso-globex"), "acme", null],
  ["who was made by one and is linked to another", "sso-acme_1", by("sso-globex"), "acme", null],
  ["whose name only looks like one", "SSO-acme_1", [], "acme", null],
  ["whose provider is no tenant's", "sso-_1", [], "acme", null],
  ["whose identities cannot be read", "b7d4", null, "acme", null],
  ["whose subject looks like a provider", "sso-acme_sso-globex_1", [], null, "acme"],
] as const)("%s", (_, username, identities, said, tenant) => {
  expect(tenantBy({ username, identities }, said)).toBe(tenant);
});

test.each([
  ["acme", "sso-acme"],
  ["a", "sso-a"],
  ["a".repeat(28), `sso-${"a".repeat(28)}`],
  ["a".repeat(29), null],
  ["a_b", null],
  ["-a", null],
])("the provider of the tenant %s is called %s", (tenant, name) => {
  expect(providerNameOf(tenant)).toBe(name);
});
