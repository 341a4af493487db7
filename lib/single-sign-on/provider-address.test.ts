import { afterEach, expect, test, vi } from "vitest";
import { isOfOneCompany } from "./issuers";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** As read by a process whose Cognito is there. */
async function isProviderAddress(address: string, endpoint = ""): Promise<boolean> {
  vi.stubEnv("COGNITO_ENDPOINT", endpoint);
  vi.resetModules();
  return (await import("./provider-address")).isProviderAddress(address);
}

test.each(["https://login.acme.example", "https://login.acme.example:8443/a/b?c=d", "https://203.0.114.7/"])(
  "%s may be a provider's",
  async (address) => {
    expect(await isProviderAddress(address)).toBe(true);
  },
);

test.each([
  "http://login.acme.example",
  "https://user:password@login.acme.example",
  "https://login.acme.example/#a",
  "https://login",
  "https://localhost",
  "https://a.localhost",
  "https://a.internal",
  "https://a.local.",
  "https://127.0.0.1",
  "https://127.1",
  "https://2130706433",
  "https://0x7f.1",
  "https://10.0.0.1",
  "https://172.16.0.1",
  "https://192.168.1.1",
  "https://169.254.169.254/latest/meta-data",
  "https://100.64.0.1",
  "https://[::1]",
  "https://[::ffff:169.254.169.254]",
  "https://[fd00::1]",
  "https://[fe80::1]",
  "https://[fec0::1]",
  "https://[::127.0.0.1]",
  "https://[::ffff:7f00:1]",
  "https://[64:ff9b::7f00:1]",
  "https://[64:ff9b:1::a9fe:a9fe]",
  "https://[2002:7f00:1::]",
  "https://[2001:0:7f00:1::]",
  "https://198.51.100.1",
  "https://0177.0.0.1",
  "https://127.0.0.1.",
  "https://\u2460\u2461\u2466.0.0.1",
  "https://login.acme.example\n.evil.example",
  "https://login.acme.example\t/",
  "https://%61cme.example",
  "https:login.acme.example",
  "https:\\\\login.acme.example",
  "https://a..example",
  "https://b\u00fccher.example",
  "https://login.acme.example:0",
  "https://login.acme.example/a b",
  "https://login.acme.example/\u202e",
  "https://idp.corp",
  "https://idp.localdomain",
  "https://sekisho.test",
  "https://metadata.google.internal.",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "ftp://login.acme.example",
  "not an address",
  "",
])("%j may not", async (address) => {
  expect(await isProviderAddress(address)).toBe(false);
});

test("on loopback one may be where Cognito is, by http too, and nowhere else inside", async () => {
  for (const address of ["http://127.0.0.1:9229/_idp/acme", "http://localhost:1", "https://localhost:1"]) {
    expect(await isProviderAddress(address, "http://127.0.0.1:9229"), address).toBe(true);
    expect(await isProviderAddress(address), address).toBe(false);
  }
  expect(await isProviderAddress("http://10.0.0.1", "http://127.0.0.1:9229")).toBe(false);
});

test("an address with a query is no issuer", async () => {
  const { isIssuer } = await import("./provider-address");
  expect(isIssuer("https://login.acme.example/?x=1")).toBe(false);
});

test.each([
  "https://login.microsoftonline.com/common/v2.0",
  "https://LOGIN.microsoftonline.com/Organizations",
  "https://login.microsoftonline.com/x/../consumers/v2.0/",
  "https://login.microsoftonline.com/9188040d-6c67-4ca8-b23d-57b28c05bc0c/v2.0",
  "https://sts.windows.net/common/",
  "https://appleid.apple.com",
  "https://APPLEID.apple.com./",
  "https://www.linkedin.com/oauth",
  "https://www.facebook.com",
  "https://gitlab.com",
  "https://slack.com",
  "https://access.line.me",
])("%s is no company's issuer", (address) => {
  expect(isOfOneCompany(address)).toBe(false);
});

test("an issuer of one company is one, at Microsoft too", async () => {
  const { isIssuer } = await import("./provider-address");
  const tenant = "6c1a4f0e-2c8e-4d0f-9f3f-0b1f4c9a2d11";
  const own = ["https://login.acme.example/", "https://gitlab.acme.example", "https://acme.eu.auth0.com/"];
  for (const address of [
    ...own,
    "https://accounts.google.com",
    `https://login.microsoftonline.com/${tenant}/v2.0`,
  ]) {
    expect(isIssuer(address) && isOfOneCompany(address), address).toBe(true);
  }
});
