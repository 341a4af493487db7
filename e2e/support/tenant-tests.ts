import { Alert } from "../../lib/alerts/contract";
import { Item } from "../../lib/items/contract";
import { type Answer, Api, login } from "./api";
import { cookieHeader, openSession } from "./browser-session";
import { targets } from "./matrix";
import { expectProblem, withoutRequestId } from "./problem";
import { rawRequest } from "./raw-request";
import { expect, test } from "./test";
import { newMember } from "./users";

const UNKNOWN_ID = "01900000-0000-7000-8000-000000000000";
const TENANT_ROUTES = targets()
  .filter(({ operation }) => operation !== null)
  .map(({ method, path }) => [method, path.replace("{id}", UNKNOWN_ID)] as const);

/**
 * What holds between tenants, whichever way a pool says to whom a user belongs.
 *
 * @param onAccessToken whether the pool puts the tenant on the access token; if not, the application asks for the
 *   user's attribute.
 */
export function tenantTests({ onAccessToken }: { onAccessToken: boolean }): void {
  test("a token says its tenant as this pool makes them", async ({ baseURL }) => {
    const { access_token } = await login(baseURL, "bob@acme.example");
    const claims = Buffer.from(access_token.split(".")[1] ?? "", "base64url").toString();
    expect(claims.includes("custom:tenant_id")).toBe(onAccessToken);
  });

  test("another tenant's name in the header is refused on every route; one's own is taken", async ({
    baseURL,
  }) => {
    const { access_token } = await login(baseURL, "bob@acme.example");
    const api = new Api(baseURL).bearer(access_token);
    for (const [method, path] of TENANT_ROUTES) {
      const answer = await api.send(method, path, {
        json: bodyFor(method),
        headers: { "X-Tenant-Id": "globex" },
      });
      expectProblem(answer, 403, "tenant_mismatch");
    }
    const own = await api.get("/api/user/tenant", { "X-Tenant-Id": "acme" });
    expect(own.body).toMatchObject({ tenant_id: "acme" });
    expect((await api.get("/api/user/tenant")).body).toMatchObject({ tenant_id: "acme" });
  });

  test("a browser session is held to its tenant in the same way", async ({ baseURL }) => {
    const cookies = await openSession(baseURL, "bob@acme.example");
    const api = new Api(baseURL).with({ Cookie: cookieHeader(cookies), Origin: baseURL });
    expectProblem(await api.get("/api/items", { "X-Tenant-Id": "globex" }), 403, "tenant_mismatch");
    expect((await api.get("/api/user/tenant")).body).toMatchObject({ tenant_id: "acme" });
  });

  test("a malformed name in the header is refused, whatever it might be taken for", async ({ baseURL }) => {
    const { access_token } = await login(baseURL, "bob@acme.example");
    const authorization = `Authorization: Bearer ${access_token}`;
    const malformed = {
      empty: ["X-Tenant-Id:"],
      list: ["X-Tenant-Id: acme,globex"],
      "list of the same": ["X-Tenant-Id: acme, acme"],
      twice: ["X-Tenant-Id: acme", "X-Tenant-Id: globex"],
      "twice the same": ["X-Tenant-Id: acme", "x-tenant-id: acme"],
      "upper case": ["X-Tenant-Id: ACME"],
      "65 characters": [`X-Tenant-Id: ${"a".repeat(65)}`],
      "Cyrillic homoglyph": ["X-Tenant-Id: \u0430cme"],
      "full-width letters": ["X-Tenant-Id: \uff41\uff43\uff4d\uff45"],
      "zero-width space": ["X-Tenant-Id: acme\u200b"],
      "space inside": ["X-Tenant-Id: ac me"],
      "tab inside": ["X-Tenant-Id: ac\tme"],
      percent: ["X-Tenant-Id: acme%00"],
      path: ["X-Tenant-Id: ../globex"],
      quote: ["X-Tenant-Id: acme' or '1'='1"],
      dot: ["X-Tenant-Id: acme."],
      dash: ["X-Tenant-Id: -acme"],
      "NUL inside": ["X-Tenant-Id: acme\u0000globex"],
      "NUL after": ["X-Tenant-Id: acme\u0000"],
      "bare line feed": ["X-Tenant-Id: acme\nX-Tenant-Id: globex"],
      folded: ["X-Tenant-Id: acme\r\n globex"],
    };
    for (const [name, lines] of Object.entries(malformed)) {
      const { status } = await rawRequest(baseURL, "/api/items", [authorization, ...lines]);
      expect(status, name).toBe(400);
    }
    // Spaces around a header's value are no part of it (RFC 9110 section 5.5).
    expect((await rawRequest(baseURL, "/api/items", [authorization, "X-Tenant-Id:  acme "])).status).toBe(
      200,
    );
  });

  test("a header alone, without credentials, opens nothing", async ({ baseURL }) => {
    const api = new Api(baseURL).with({ "X-Tenant-Id": "acme" });
    for (const [method, path] of TENANT_ROUTES) {
      const answer = await api.send(method, path, { json: bodyFor(method), headers: { Origin: baseURL } });
      expectProblem(answer, 401, "missing_token");
    }
  });

  test("a user without a tenant is refused on every route, whatever tenant they name", async ({
    baseURL,
  }) => {
    const { access_token } = await login(baseURL, "nobody@example.com");
    const api = new Api(baseURL).bearer(access_token);
    for (const [method, path] of TENANT_ROUTES) {
      for (const headers of [{}, { "X-Tenant-Id": "acme" }, { "X-Tenant-Id": "globex" }]) {
        expectProblem(await api.send(method, path, { json: bodyFor(method), headers }), 403, "no_tenant");
      }
    }
    expect((await api.get("/api/user/me")).status).toBe(200);
  });

  test("a tenant's rows are answered to others exactly as rows that do not exist, and stay as they were", async ({
    stack,
  }) => {
    const [owner, stranger, admin] = await Promise.all([
      newMember(stack),
      newMember(stack),
      newMember(stack, { groups: ["admin"] }),
    ]);
    const item = Item.parse((await owner.post("/api/items", { name: "Lantern" })).body);
    const alert = Alert.parse((await owner.post("/api/alerts", { title: "Smoke" })).body);

    for (const api of [stranger, admin]) {
      const tries: [string, (id: string) => Promise<Answer>][] = [
        [item.id, (id) => api.get(`/api/items/${id}`)],
        [item.id, (id) => api.patch(`/api/items/${id}`, { name: "Mine" })],
        [item.id, (id) => api.patch(`/api/items/${id}`, { name: "Mine" }, { "If-Match": '"1"' })],
        [item.id, (id) => api.patch(`/api/items/${id}`, { name: "Mine" }, { "If-Match": '"9"' })],
        [item.id, (id) => api.delete(`/api/items/${id}`)],
        [item.id, (id) => api.delete(`/api/items/${id}`, { "If-Match": '"9"' })],
        [alert.id, (id) => api.get(`/api/alerts/${id}`)],
        [alert.id, (id) => api.patch(`/api/alerts/${id}`, { status: "resolved" })],
      ];
      for (const [foreignId, attempt] of tries) {
        const unknown = await attempt(UNKNOWN_ID);
        expectProblem(unknown, 404, "not_found");
        expect(withoutRequestId(await attempt(foreignId))).toEqual(withoutRequestId(unknown));
      }
      expect((await api.get("/api/items")).body).toEqual([]);
      const seen = Alert.array().parse((await api.get("/api/alerts")).body);
      expect(seen.map(({ title }) => title)).toEqual(["New login detected"]);
    }
    expect((await owner.get(`/api/items/${item.id}`)).body).toEqual(item);
    expect((await owner.get(`/api/alerts/${alert.id}`)).body).toEqual(alert);
  });

  test("two tenants that work at the same time never see each other's rows", async ({ stack }) => {
    const apis = await Promise.all([newMember(stack), newMember(stack), newMember(stack)]);
    const work = apis.flatMap((api, tenant) =>
      Array.from({ length: 15 }, async (_, round) => {
        await api.post("/api/items", { name: `${tenant} ${round}` });
        return Item.array()
          .parse((await api.get("/api/items?limit=100")).body)
          .every(({ name }) => name.startsWith(`${tenant} `));
      }),
    );
    expect(await Promise.all(work)).toEqual(work.map(() => true));
  });
}

function bodyFor(method: string): unknown {
  return method === "POST" || method === "PATCH" ? {} : undefined;
}
