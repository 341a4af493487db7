import { type Access, isOfTenant } from "../../lib/operation";
import type { Role } from "../../lib/roles";
import { type Answer, Api, login } from "./api";
import { cookieHeader, openSession } from "./browser-session";
import { CREATES } from "./creates";
import { addressOfRow, type Row, rowsIn, UNKNOWN_ROW } from "./feature-matrix";
import { holdingsOf } from "./holdings";
import { matrixOf, nameOf, targets } from "./matrix";
import { allRows } from "./paging";
import { expectProblem, withoutRequestId } from "./problem";
import { rawRequest } from "./raw-request";
import { expect, test } from "./test";
import { newMember, newTenant } from "./users";

const ROUTES = targets().flatMap(({ method, path, operation }) =>
  operation ? [{ method, path: addressOfRow(path, UNKNOWN_ROW), access: operation.access }] : [],
);
/** Whether a feature has rows of a tenant; what is for operators alone has none. */
const isOfTenants = (name: string) =>
  targets().some(({ feature, operation }) => feature === name && operation && isOfTenant(operation.access));
/** How a route refuses whoever is wrong in the tenant: what is for operators is theirs alone, whatever is named. */
const refusalOf = (access: Access, code: string) => (isOfTenant(access) ? code : "forbidden");

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
    for (const { method, path, access } of ROUTES) {
      const answer = await api.send(method, path, {
        json: bodyFor(method),
        headers: { "X-Tenant-Id": "globex" },
      });
      expectProblem(answer, 403, refusalOf(access, "tenant_mismatch"));
    }
    const own = await api.get("/api/user/tenant", { "X-Tenant-Id": "acme" });
    expect(own.body).toMatchObject({ tenant_id: "acme" });
    expect((await api.get("/api/user/tenant")).body).toMatchObject({ tenant_id: "acme" });
  });

  test("a browser session is held to its tenant in the same way", async ({ baseURL }) => {
    const cookies = await openSession(baseURL, "bob@acme.example");
    const api = new Api(baseURL).with({ Cookie: cookieHeader(cookies), Origin: baseURL });
    expectProblem(await api.get("/api/user/tenant", { "X-Tenant-Id": "globex" }), 403, "tenant_mismatch");
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
      const { status } = await rawRequest(baseURL, "/api/user/tenant", [authorization, ...lines]);
      expect(status, name).toBe(400);
    }
    // Spaces around a header's value are no part of it (RFC 9110 section 5.5).
    expect(
      (await rawRequest(baseURL, "/api/user/tenant", [authorization, "X-Tenant-Id:  acme "])).status,
    ).toBe(200);
  });

  test("a header alone, without credentials, opens nothing", async ({ baseURL }) => {
    const api = new Api(baseURL).with({ "X-Tenant-Id": "acme" });
    for (const { method, path } of ROUTES) {
      const answer = await api.send(method, path, { json: bodyFor(method), headers: { Origin: baseURL } });
      expectProblem(answer, 401, "missing_token");
    }
  });

  test("a user without a tenant is refused on every route, whatever tenant they name", async ({
    baseURL,
  }) => {
    const { access_token } = await login(baseURL, "nobody@example.com");
    const api = new Api(baseURL).bearer(access_token);
    for (const { method, path, access } of ROUTES) {
      for (const headers of [{}, { "X-Tenant-Id": "acme" }, { "X-Tenant-Id": "globex" }]) {
        const answer = await api.send(method, path, { json: bodyFor(method), headers });
        expectProblem(answer, 403, refusalOf(access, "no_tenant"));
      }
    }
    expect((await api.get("/api/user/me")).status).toBe(200);
  });

  test("a tenant's rows are answered to others exactly as rows that do not exist, and stay as they were", async ({
    stack,
  }) => {
    const [owner, stranger, admin] = await Promise.all([
      newMember(stack, { groups: ["admin"] }),
      newMember(stack),
      newMember(stack, { groups: ["admin"] }),
    ]);
    const text = crypto.randomUUID();
    const rows = await rowsIn(owner, text);
    const before = await holdingsOf(owner);

    for (const [role, api] of [
      ["member", stranger],
      ["admin", admin],
    ] as const) {
      for (const [feature, foreign] of rows) {
        for (const { attempt, refusal } of attemptsOn(feature, role, api)) {
          const unknown = await attempt(UNKNOWN_ROW);
          expectProblem(unknown, ...refusal);
          expect(withoutRequestId(await attempt(foreign))).toEqual(withoutRequestId(unknown));
        }
      }
      const seen = await holdingsOf(api);
      for (const told of [text, ...[...rows.values()].flatMap(({ id, inner }) => [id, inner])]) {
        expect(seen).not.toContain(told);
      }
    }
    for (const [feature, row] of rows) if (isOfTenants(feature)) expect(before).toContain(row.id);
    expect(await holdingsOf(owner)).toBe(before);
  });

  test("two tenants that work at the same time never see each other's rows", async ({ stack }) => {
    const tenants = [newTenant(), newTenant(), newTenant()];
    const apis = await Promise.all(tenants.map((tenant) => newMember(stack, { tenant, groups: ["admin"] })));
    const work = apis.flatMap((api, of) =>
      Array.from({ length: 15 }, async () => {
        const seen: unknown[] = [];
        for (const { path, body } of CREATES) {
          expect((await api.post(path, body())).status, path).toBe(201);
          seen.push(...(await allRows(api, `${path}?limit=100`)));
        }
        return new Set(seen.map((row) => (row as { tenant_id?: string }).tenant_id === tenants[of]));
      }),
    );
    for (const isOwn of await Promise.all(work)) expect(isOwn).toEqual(new Set([true]));
  });
}

function bodyFor(method: string): unknown {
  return method === "POST" || method === "PATCH" ? {} : undefined;
}

type Attempt = { attempt: (row: Row) => Promise<Answer>; refusal: [status: number, code: string] };

/** Everything that a role may do to one row of a feature, under each condition that it can be put. */
function attemptsOn(feature: string, role: Role, api: Api): Attempt[] {
  const { may, bodies = {} } = matrixOf(feature);
  return targets().flatMap(({ operation, ...target }) => {
    if (operation === null || target.feature !== feature || !target.path.includes("{id}")) return [];
    if (!may[role]?.includes(nameOf(operation))) return [];
    const conditions = operation.headers?.includes("If-Match") ? ['"1"', '"9"'] : [];
    // A list is there always, and has no version: a create in it is refused for the condition, whatever it is in.
    const unmet: Attempt["refusal"] =
      operation.answer.status === 201 ? [412, "precondition_failed"] : [404, "not_found"];
    const tries = [
      { headers: {}, refusal: [404, "not_found"] satisfies Attempt["refusal"] },
      ...conditions.map((etag) => ({ headers: { "If-Match": etag }, refusal: unmet })),
    ];
    return tries.map(
      ({ headers, refusal }): Attempt => ({
        refusal: refusal as Attempt["refusal"],
        attempt: (row) =>
          api.send(target.method, addressOfRow(target.path, row), {
            json: bodies[operation.id]?.(row.id),
            headers,
          }),
      }),
    );
  });
}
