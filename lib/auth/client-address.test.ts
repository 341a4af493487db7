import { afterEach, describe, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** The address as an application sees it that trusts so many proxies. */
async function addressOf(hops: number, forwarded?: string): Promise<string> {
  vi.stubEnv("TRUSTED_PROXY_HOPS", String(hops));
  vi.resetModules();
  const { clientAddress } = await import("./client-address");
  return clientAddress(new Headers(forwarded === undefined ? {} : { "X-Forwarded-For": forwarded }));
}

describe("without a trusted proxy", () => {
  test.each([undefined, "203.0.113.7", "203.0.113.7, 10.0.0.1"])("%s is not believed", async (forwarded) => {
    expect(await addressOf(0, forwarded)).toBe("unknown");
  });
});

describe("with trusted proxies", () => {
  test.each([
    [1, "203.0.113.7", "203.0.113.7"],
    [1, "198.51.100.1, 203.0.113.7", "203.0.113.7"],
    [2, "198.51.100.1, 203.0.113.7, 10.0.0.1", "203.0.113.7"],
    [1, " 2001:db8::7 ", "2001:db8::7"],
  ])("%i of them, %s was written by %s", async (hops, forwarded, address) => {
    expect(await addressOf(hops, forwarded)).toBe(address);
  });
  test.each([
    [1, undefined],
    [1, ""],
    [2, "203.0.113.7"],
    [1, "203.0.113.7, "],
    [1, "203.0.113.7, unknown"],
    [1, "203.0.113.7:4711"],
    [1, "x".repeat(10_000)],
  ])("%i of them, an entry that is missing or no address is nobody's", async (hops, forwarded) => {
    expect(await addressOf(hops, forwarded)).toBe("unknown");
  });
});
