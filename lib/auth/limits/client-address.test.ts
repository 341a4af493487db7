import { afterEach, describe, expect, test, vi } from "vitest";
import { networkOf, PEER_HEADER } from "./client-address";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** The address as an application sees it that trusts so many proxies, on a connection with `peer`. */
async function addressOf(hops: number | undefined, forwarded?: string, peer?: string): Promise<string> {
  vi.stubEnv("TRUSTED_PROXY_HOPS", hops === undefined ? "" : String(hops));
  vi.resetModules();
  const { clientAddress } = await import("./client-address");
  const headers = new Headers(forwarded === undefined ? {} : { "X-Forwarded-For": forwarded });
  if (peer !== undefined) headers.set(PEER_HEADER, peer);
  return clientAddress(headers);
}

describe("without a trusted proxy", () => {
  test.each([undefined, "203.0.113.7", "203.0.113.7, 10.0.0.1"])("%s is not believed", async (forwarded) => {
    expect(await addressOf(0, forwarded)).toBe("unknown");
    expect(await addressOf(undefined, forwarded, "198.51.100.4")).toBe("198.51.100.4");
  });
  test("whom the connection is with is, and is one address whichever way it is written", async () => {
    expect(await addressOf(0, undefined, "::ffff:198.51.100.4")).toBe("198.51.100.4");
    expect(await addressOf(0, undefined, "2001:db8::7")).toBe("2001:db8::7");
  });
  test.each([
    "127.0.0.1",
    "::1",
    "10.1.2.3",
    "172.16.0.9",
    "172.31.255.1",
    "192.168.0.1",
    "169.254.1.1",
    "100.64.0.1",
    "fd00::1",
    "fe80::1",
    "::ffff:10.0.0.1",
    "",
  ])("a machine of our own network says nothing about who is behind it: %s", async (peer) => {
    expect(await addressOf(0, undefined, peer)).toBe("unknown");
  });
});

describe("with trusted proxies", () => {
  test.each([
    [1, "203.0.113.7", "203.0.113.7"],
    [1, "198.51.100.1, 203.0.113.7", "203.0.113.7"],
    [2, "198.51.100.1, 203.0.113.7, 10.0.0.1", "203.0.113.7"],
    [1, " 2001:db8::7 ", "2001:db8::7"],
  ])("%i of them, %s was written by %s", async (hops, forwarded, address) => {
    expect(await addressOf(hops, forwarded, "198.51.100.99")).toBe(address);
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
    expect(await addressOf(hops, forwarded, "10.0.0.2")).toBe("unknown");
  });
  test("who came past them is whom the connection is with", async () => {
    expect(await addressOf(1, undefined, "198.51.100.4")).toBe("198.51.100.4");
    expect(await addressOf(2, "203.0.113.7", "198.51.100.4")).toBe("198.51.100.4");
  });
});

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["unknown", "unknown"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:0001:2::6", "2001:db8:1:2::/64"],
  ["2001:db8::", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
])("%s is counted as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
