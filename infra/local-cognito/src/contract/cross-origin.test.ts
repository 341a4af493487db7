import { describe, expect, it } from "vitest";
import { openHostedBench } from "./bench";
import { sampleRequests, send } from "./requests";

const { hosted, target } = await openHostedBench();
const samples = await sampleRequests(target);
const PAGE = "https://app.example";

/** What a browser asks before it sends the page's request. */
async function preflight(path: string, headers: string, more: Record<string, string> = {}) {
  const response = await fetch(`${path === "/" ? target.endpoint : hosted.url}${path}`, {
    method: "OPTIONS",
    headers: {
      origin: PAGE,
      "access-control-request-method": "POST",
      "access-control-request-headers": headers,
      ...more,
    },
  });
  const allowed = (response.headers.get("access-control-allow-headers") ?? "").toLowerCase().split(/, */);
  return { ok: response.ok, allowed, headers: response.headers };
}

describe("a page of another origin", () => {
  it.each([
    ["the AWS SDK", "amz-sdk-invocation-id,amz-sdk-request,content-type,x-amz-target,x-amz-user-agent"],
    ["Amplify", "cache-control,content-type,x-amz-target,x-amz-user-agent"],
    ["amazon-cognito-identity-js", "cache-control,content-type,x-amz-target,x-amz-user-agent"],
  ])("may call the API with the headers of %s", async (_, headers) => {
    const { ok, allowed, headers: answered } = await preflight("/", headers);
    expect([ok, answered.get("access-control-allow-origin")]).toEqual([true, "*"]);
    expect(allowed).toEqual(expect.arrayContaining(headers.split(",")));
    expect(answered.get("access-control-allow-methods")).toContain("POST");
    expect(answered.get("access-control-allow-credentials")).toBeNull();
  });

  it.each(["/oauth2/token", "/oauth2/userInfo", "/oauth2/revoke"])(
    "may call %s, with its token or client",
    async (path) => {
      const { ok, allowed, headers } = await preflight(path, "authorization,content-type");
      expect([ok, headers.get("access-control-allow-origin")]).toEqual([true, "*"]);
      expect(allowed).toEqual(expect.arrayContaining(["authorization", "content-type"]));
    },
  );

  it.each(["openid-configuration", "jwks.json"])("may read the pool's %s", async (name) => {
    const response = await fetch(`${target.issuer(hosted.pool)}/.well-known/${name}`, {
      headers: { origin: PAGE },
    });
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
  });

  it.each(Object.keys(samples).filter((name) => !samples[name]?.signed))(
    "may read what %s answers, a refusal too",
    async (name) => {
      const { headers } = await send(target, name, {}, { signed: false, headers: { origin: PAGE } });
      expect(headers.get("access-control-allow-origin")).toBe("*");
      expect(headers.get("access-control-expose-headers")?.toLowerCase()).toContain("x-amzn-errortype");
    },
  );

  it.each(["/oauth2/authorize", "/login", "/logout", "/forgotPassword"])(
    "may read nothing of %s, which is for people",
    async (path) => {
      const response = await fetch(hosted.url + path, { headers: { origin: PAGE }, redirect: "manual" });
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
      const { headers } = await preflight(path, "content-type");
      expect(headers.get("access-control-allow-origin")).toBeNull();
    },
  );
});

// On AWS the signature protects these; here any would do.
describe.skipIf(target.isAws)("what needs a signature, on a server that checks none,", () => {
  it("is not to be had by a page: its browser is not told that the header is allowed", async () => {
    const { allowed } = await preflight("/", "authorization,content-type,x-amz-date,x-amz-target");
    expect(allowed).not.toContain("authorization");
    expect(allowed).not.toContain("*");
    expect(allowed).toContain("x-amz-target");
  });

  it.each(Object.keys(samples).filter((name) => samples[name]?.signed))(
    "is refused to every page, and done for none: %s",
    async (name) => {
      for (const origin of [PAGE, "null", "http://localhost:3000"]) {
        const { status, type } = await send(target, name, samples[name]?.body, { headers: { origin } });
        expect([status, type]).toEqual([403, "AccessDeniedException"]);
      }
    },
  );
});

describe.runIf(target.isOwn)("a page on the internet that calls loopback", () => {
  const asking = { "access-control-request-private-network": "true" };
  it("is let in where pages are, when its browser asks", async () => {
    const { headers } = await preflight("/", "content-type", asking);
    expect(headers.get("access-control-allow-private-network")).toBe("true");
    const unasked = await preflight("/", "content-type");
    expect(unasked.headers.get("access-control-allow-private-network")).toBeNull();
  });

  it.each(["/_local/", "/_local/reset", "/_local/messages", "/_local/export", "/login", "/nonsense"])(
    "is not let in at %s",
    async (path) => {
      const { ok, headers } = await preflight(path, "content-type", asking);
      expect([ok, headers.get("access-control-allow-private-network")]).toEqual([false, null]);
      expect(headers.get("access-control-allow-origin")).toBeNull();
    },
  );

  it("does not use up the fault that waits for its call", async () => {
    await target.control("faults", { target: "*", kind: "error" });
    expect((await preflight("/", "content-type")).ok).toBe(true);
    const { status, headers } = await send(target, "GetUser", {}, { headers: { origin: PAGE } });
    expect([status, headers.get("access-control-allow-origin")]).toEqual([500, "*"]);
  });
});
