import { afterEach, describe, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** namedTenant as it is under these settings. */
async function under(settings: Record<string, string>) {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.resetModules();
  const { namedTenant } = await import("./named-tenant");
  return (headers: Record<string, string>) => namedTenant(new Headers(headers));
}

describe("in header mode", () => {
  test("the header names the tenant, and its absence none", async () => {
    const named = await under({});
    expect(named({ "X-Tenant-Id": "acme" })).toBe("acme");
    expect(named({ "x-tenant-id": "a".repeat(64) })).toBe("a".repeat(64));
    expect(named({ Host: "globex.localhost:3000" })).toBeNull();
  });
  test("under the name it is configured with", async () => {
    const named = await under({ TENANT_HEADER: "X-Org" });
    expect(named({ "X-Org": "acme", "X-Tenant-Id": "globex" })).toBe("acme");
  });
  test.each([
    "",
    "ACME",
    "Acme",
    "acme,globex",
    "acme, acme",
    "acme globex",
    "acm\u00e9",
    "%61cme",
    "-acme",
    "acme-",
    "_acme",
    "acme.",
    "acme.example",
    "../../acme",
    "*",
    "a".repeat(65),
    "null'--",
  ])("%j is malformed", async (name) => {
    const named = await under({});
    expect(() => named({ "X-Tenant-Id": name })).toThrow(expect.objectContaining({ code: "invalid_tenant" }));
  });
});

describe("in subdomain mode", () => {
  const SUBDOMAIN = {
    TENANT_MODE: "subdomain",
    TENANT_MAIN_DOMAIN: "example.com",
    NEXTAUTH_URL: "https://example.com",
    TRUSTED_PROXY_HOPS: "1",
  };

  test("one label before the main domain names the tenant; the main domain names none", async () => {
    const named = await under(SUBDOMAIN);
    expect(named({ Host: "acme.example.com" })).toBe("acme");
    expect(named({ Host: "ACME.Example.com" })).toBe("acme");
    expect(named({ Host: "a-1.example.com" })).toBe("a-1");
    expect(named({ Host: "example.com" })).toBeNull();
  });
  test("the port is part of the address", async () => {
    const named = await under({
      ...SUBDOMAIN,
      TENANT_MAIN_DOMAIN: "localhost",
      NEXTAUTH_URL: "http://localhost:3000",
    });
    expect(named({ Host: "acme.localhost:3000" })).toBe("acme");
    expect(() => named({ Host: "acme.localhost" })).toThrow();
    expect(() => named({ Host: "acme.localhost:3001" })).toThrow();
  });
  test("the tenant header and the forwarded host are not even looked at", async () => {
    const named = await under(SUBDOMAIN);
    const spoofs = {
      "X-Tenant-Id": "globex",
      "X-Forwarded-Host": "globex.example.com",
      Forwarded: "host=globex.example.com",
    };
    expect(named({ Host: "acme.example.com", ...spoofs })).toBe("acme");
    expect(named({ Host: "example.com", ...spoofs })).toBeNull();
  });
  test.each([
    "evilexample.com",
    "acme.evilexample.com",
    "a.b.example.com",
    "acme.example.com.",
    "acme.example.com.evil.test",
    ".example.com",
    "-acme.example.com",
    "acme-.example.com",
    "ac_me.example.com",
    "acme.example.com:8443",
    "acme.example.com:443",
    "example.com:80",
    "xn--cme-8cd.example.com",
    "www.example.com",
    "192.0.2.1",
    "[::1]",
    "acme",
    "",
    `${"a".repeat(64)}.example.com`,
    "acme%2eexample.com",
    "acme.example.com,globex.example.com",
    "acme@globex.example.com",
    "acme.example.com/",
  ])("%j is not a host of ours", async (host) => {
    const named = await under(SUBDOMAIN);
    expect(() => named({ Host: host })).toThrow(expect.objectContaining({ code: "invalid_tenant" }));
  });
  test("no host at all is refused", async () => {
    const named = await under(SUBDOMAIN);
    expect(() => named({})).toThrow(expect.objectContaining({ code: "invalid_tenant" }));
  });
});

test.each([{ TENANT_MODE: "claim" }, { MULTI_TENANT_ENABLED: "0" }])(
  "under %j a request names no tenant, whatever it carries",
  async (settings) => {
    const named = await under(settings as Record<string, string>);
    expect(named({ "X-Tenant-Id": "not a tenant", Host: "globex.localhost" })).toBeNull();
  },
);
