import { afterEach, expect, test, vi } from "vitest";

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
