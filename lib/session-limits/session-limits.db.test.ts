import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { newPoolUser, tokensOf } from "../../infra/local/testing/cognito-user";
import { FROM_FORM } from "../../infra/local/testing/from-form";
import { provideCognito } from "../../infra/local/testing/provide-cognito";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import { listAudit } from "../audit/list-audit";
import { identify } from "../auth/access/identify";
import { renewedTokens } from "../auth/endings/usable-tokens";
import { ends } from "../auth/session/ends";
import { createSession, resumeSession, sessionsOf } from "../auth/session/session-store";
import { enterTenant } from "../auth/tenancy/enter-tenant";
import { requireServed } from "../auth/tenancy/served";
import type { TenantContext } from "../auth/tenancy/tenant";
import { keepTenant } from "../auth/tenancy/tenants";
import { refreshTokens } from "../cognito/refresh-tokens";
import { sessions } from "../db/schema";
import { sweep } from "../db/sweep";
import { changeSessionLimits } from "./change-session-limits";
import { readSessionLimits } from "./read-session-limits";

const cognito = await provideCognito();
const TOKENS = { accessToken: "a", idToken: "i", refreshToken: "r", expiresIn: 3600 };
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const ended = { code: "session_ended", status: 401 };

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.resetModules();
  await setClock(0);
});

const adminOf = () => makeTenant({ groups: ["admin"] });
const open = (tenant: string | null, sub = "s") =>
  createSession({ ...FROM_FORM, sub, username: sub, tenant }, TOKENS);
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

/** The database has a clock of its own: as if a session had begun, or was last used, so many seconds earlier. */
function age(id: string, time: "createdAt" | "lastSeenAt", seconds: number) {
  const at = sql`${sessions[time]} - make_interval(secs => ${seconds})`;
  return asSuperuser((tx) =>
    tx
      .update(sessions)
      .set({ [time]: at })
      .where(eq(sessions.id, id)),
  );
}

/** How many seconds Cognito's clock is ahead of ours. */
async function setClock(offsetSeconds: number): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ offsetSeconds });
  const answer = await fetch(`${cognito.url}/_local/clock`, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}

test("a tenant has the application's limits until it sets shorter ones, which are on its record", async () => {
  const admin = adminOf();
  const allowed = {
    session_minutes: { least: 60, most: 720 },
    session_idle_minutes: { least: 5, most: 120 },
  };
  const none = { session_minutes: null, session_idle_minutes: null, allowed };
  expect(await readSessionLimits(admin)).toEqual(none);
  await changeSessionLimits(admin, { session_minutes: 480 });
  const set = { session_minutes: 480, session_idle_minutes: 15, allowed };
  expect(await changeSessionLimits(admin, { session_idle_minutes: 15 })).toEqual(set);
  expect(await readSessionLimits(admin)).toEqual(set);
  expect(await changeSessionLimits(admin, { session_minutes: null, session_idle_minutes: null })).toEqual(
    none,
  );
  expect(await readSessionLimits(adminOf())).toEqual(none);
  const { rows } = await listAudit(admin, { limit: 10 });
  expect(rows.map(({ action, detail }) => [action, detail])).toEqual([
    ["session_limits.changed", { session_minutes: 0, session_idle_minutes: 0 }],
    ["session_limits.changed", { session_minutes: 480, session_idle_minutes: 15 }],
    ["session_limits.changed", { session_minutes: 480, session_idle_minutes: 0 }],
  ]);
});

test.each([
  [{ session_minutes: 721 }, { field: "session_minutes", code: "too_large", params: { maximum: 720 } }],
  [{ session_minutes: 59 }, { field: "session_minutes", code: "too_small", params: { minimum: 60 } }],
  [{ session_idle_minutes: 121 }, { field: "session_idle_minutes", code: "too_large" }],
  [{ session_idle_minutes: 4 }, { field: "session_idle_minutes", code: "too_small" }],
])("%o is refused, and nothing has changed", async (change, field) => {
  const admin = adminOf();
  await changeSessionLimits(admin, { session_minutes: 100, session_idle_minutes: 10 });
  const refusal = changeSessionLimits(admin, { session_minutes: 90, ...change });
  await expect(refusal).rejects.toMatchObject({ code: "invalid_request", fields: [field] });
  expect(await readSessionLimits(admin)).toMatchObject({ session_minutes: 100, session_idle_minutes: 10 });
});

test.each([
  ["createdAt", { session_minutes: 60 }, HOUR],
  ["lastSeenAt", { session_idle_minutes: 5 }, 5 * MINUTE],
] as const)(
  "a session that is open has its tenant's limit from the next request on (%s)",
  async (time, limit, seconds) => {
    const [admin, other] = [adminOf(), adminOf()];
    await changeSessionLimits(other, { session_minutes: 720, session_idle_minutes: 120 });
    const sub = admin.principal.sub;
    const [own, young, others] = [
      await open(admin.tenantId, sub),
      await open(admin.tenantId, sub),
      await open(other.tenantId, sub),
    ];
    for (const id of [own, others]) await age(id, time, seconds);
    await age(young, time, seconds - 20);
    expect(await sessionsOf(sub)).toHaveLength(3);
    await changeSessionLimits(admin, limit);
    expect(await resumeSession(own, { isSeen: false })).toBeNull();
    for (const id of [young, others]) expect(await resumeSession(id, { isSeen: false })).not.toBeNull();
    expect((await sessionsOf(sub)).map(({ id }) => id).sort()).toEqual([young, others].sort());
    await changeSessionLimits(admin, { session_minutes: null, session_idle_minutes: null });
    expect(await resumeSession(own, { isSeen: false }), "it ends by the limit of now").not.toBeNull();
  },
);

test("housekeeping removes what has ended by its tenant's limits, and nothing else", async () => {
  const admin = adminOf();
  await changeSessionLimits(admin, { session_minutes: 60, session_idle_minutes: 5 });
  const [old, idle, young, others] = [
    await open(admin.tenantId),
    await open(admin.tenantId),
    await open(admin.tenantId),
    await open(null),
  ];
  await age(old, "createdAt", HOUR);
  await age(idle, "lastSeenAt", 5 * MINUTE);
  for (const time of ["createdAt", "lastSeenAt"] as const) await age(others, time, HOUR);
  const [end] = ends;
  if (end?.by !== "time" || !end.whereOver) throw new Error("sessions end by time");
  await sweep(sessions, end.whereOver(), 1_000);
  const left = await asSuperuser((tx) => tx.select({ id: sessions.id }).from(sessions));
  const isLeft = (id: string) => left.some((each) => each.id === id);
  expect([old, idle, young, others].map(isLeft)).toEqual([false, false, true, true]);
});

test("the application's own limit counts where it has become the shorter one", async () => {
  const admin = adminOf();
  await changeSessionLimits(admin, { session_minutes: 720 });
  const id = await open(admin.tenantId);
  await age(id, "createdAt", 2 * HOUR);
  vi.stubEnv("SESSION_MINUTES", "120");
  vi.resetModules();
  const { resumeSession } = await import("../auth/session/session-store");
  expect(await resumeSession(id)).toBeNull();
  const { requireServed } = await import("../auth/tenancy/served");
  pass(2 * HOUR);
  await expect(requireServed(admin)).rejects.toMatchObject(ended);
});

test("a session of which no tenant was known has the limits of the one that it enters", async () => {
  const admin = adminOf();
  await keepTenant(admin.tenantId);
  const id = await open(null);
  const session = await resumeSession(id);
  await enterTenant({ principal: admin.principal, session, accessToken: null, address: null }, null);
  expect((await resumeSession(id))?.tenant).toBe(admin.tenantId);
});

test("a token ends with its sign-in, however often it was refreshed, of its own tenant's people alone", async () => {
  const [admin, other] = [adminOf(), adminOf()];
  for (const { tenantId } of [admin, other]) await keepTenant(tenantId);
  pass(HOUR);
  await requireServed(admin);
  await changeSessionLimits(admin, { session_minutes: 60 });
  await expect(requireServed(admin)).rejects.toMatchObject(ended);
  await requireServed(other);
  const { email } = await newPoolUser(cognito, admin.tenantId);
  await setClock(-HOUR);
  const { refreshToken = "" } = await tokensOf(email);
  await setClock(0);
  const { accessToken } = await refreshTokens(refreshToken, undefined);
  const caller = await identify({ authorization: `Bearer ${accessToken}`, sessionCookie: undefined });
  await expect(enterTenant(caller, null)).rejects.toMatchObject(ended);
  await expect(renewedTokens(refreshToken, undefined)).rejects.toMatchObject(ended);
});

test("an operator who works in a tenant is bound by how long its sign-ins last", async () => {
  const admin = adminOf();
  await changeSessionLimits(admin, { session_minutes: 60 });
  const { principal } = makeTenant({ groups: ["operator"] });
  const abroad: TenantContext = { ...admin, principal, role: "operator", isForeign: true };
  await requireServed(abroad);
  pass(HOUR);
  await expect(requireServed(abroad)).rejects.toMatchObject(ended);
});
