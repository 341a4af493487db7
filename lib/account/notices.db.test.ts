import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { denied } from "../../infra/local/testing/denied";
import { makeTenant } from "../../infra/local/testing/tenant";
import type { Notice, ToldNotice } from "../auth/sign-in/notices";
import type { TenantContext } from "../auth/tenancy/tenant";
import { withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { ownNotices } from "./own-notices";
import { type Listener, raiseNotice, tellOwner } from "./raise-notice";
import { accountNotices } from "./tables";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

const ownerIn = ({ tenantId, principal }: TenantContext) => ({ tenantId, sub: principal.sub });
const raise = (
  tenant: TenantContext,
  notice: Notice = "new_login",
  agent = "node",
  ...listeners: Listener[]
) => raiseNotice(ownerIn(tenant), notice, { address: "192.0.2.7", user_agent: agent }, listeners);
/** What the person finds, the newest first: the client, and for how many more it stands. */
const found = async (tenant: TenantContext) =>
  (await ownNotices(tenant)).map(({ facts }) => [facts.user_agent, facts.further]);

test("somebody is told what happened to their account, and finds it there", async () => {
  const tenant = makeTenant();
  await raise(tenant);
  expect(await ownNotices(tenant)).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      notice: "new_login",
      facts: { address: "192.0.2.7", user_agent: "node" },
      created_at: new Date().toISOString(),
    },
  ]);
});

test("of one kind, one is told three times an hour: the rest is counted in the last, until the hour is over", async () => {
  const tenant = makeTenant();
  for (let i = 1; i <= 6; i++) {
    await raise(tenant, "new_login", `client ${i}`);
    pass(MINUTE_MS);
  }
  const three = [
    ["client 3", "3"],
    ["client 2", undefined],
    ["client 1", undefined],
  ];
  expect(await found(tenant)).toEqual(three);
  pass(54 * MINUTE_MS);
  await raise(tenant, "new_login", "client 7");
  expect(await found(tenant)).toEqual([["client 7", undefined], ...three]);
});

test("twenty at once are three, and the last counts the others", async () => {
  const tenant = makeTenant();
  await Promise.all(Array.from({ length: 20 }, () => raise(tenant)));
  expect(await found(tenant)).toEqual([
    ["node", "17"],
    ["node", undefined],
    ["node", undefined],
  ]);
});

test("another kind, another person and another tenant are counted apart", async () => {
  const tenant = makeTenant();
  const { tenantId, principal } = tenant;
  const colleague = makeTenant({ tenantId });
  const elsewhere = makeTenant({ sub: principal.sub });
  for (let i = 0; i < 3; i++) await raise(tenant);
  for (const each of [colleague, elsewhere]) await raise(each);
  await raise(tenant, "password_changed");
  expect(await found(tenant)).toEqual(Array.from({ length: 4 }, () => ["node", undefined]));
  for (const each of [colleague, elsewhere]) expect(await found(each)).toEqual([["node", undefined]]);
});

test("nobody but its owner finds a notice: no administrator, no operator, nobody of another tenant", async () => {
  const owner = makeTenant();
  const { tenantId } = owner;
  await raise(owner);
  for (const other of [
    makeTenant({ tenantId }),
    makeTenant({ tenantId, groups: ["admin"] }),
    makeTenant({ tenantId, groups: ["operator"] }),
    makeTenant({ sub: owner.principal.sub }),
  ])
    expect(await found(other)).toEqual([]);
  expect(await found(owner)).toHaveLength(1);
});

test("the newest eight of the last thirty days are shown", async () => {
  const tenant = makeTenant();
  for (let day = 0; day < 10; day++) {
    await raise(tenant, "new_login", `day ${day}`);
    pass(DAY_MS);
  }
  const days = async () => (await found(tenant)).map(([agent]) => agent);
  expect(await days()).toEqual([9, 8, 7, 6, 5, 4, 3, 2].map((day) => `day ${day}`));
  pass(28 * DAY_MS - 1);
  expect(await days()).toEqual(["day 9", "day 8"]);
});

test("a listener hears each notice where it is kept: the first ones as new, the further ones with their number", async () => {
  const tenant = makeTenant();
  const heard: ToldNotice[] = [];
  const kept: number[] = [];
  const listen: Listener = async (tx, told) => {
    heard.push(told);
    kept.push(await tx.$count(accountNotices));
  };
  for (let i = 0; i < 5; i++) await raise(tenant, "new_login", "node", listen);
  const facts = { address: "192.0.2.7", user_agent: "node" };
  const [first, second, third] = heard.map(({ id }) => id);
  const said = { owner: ownerIn(tenant), notice: "new_login" };
  expect(heard).toMatchObject([
    { ...said, id: first, facts, isNew: true },
    { ...said, id: second, facts, isNew: true },
    { ...said, id: third, facts, isNew: true },
    { ...said, id: third, facts: { ...facts, further: "1" }, isNew: false },
    { ...said, id: third, facts: { ...facts, further: "2" }, isNew: false },
  ]);
  expect(kept).toEqual([1, 2, 3, 3, 3]);
});

test("a listener that throws keeps nothing: a refusal is logged and fails nothing else, a fault is thrown", async () => {
  const tenant = makeTenant();
  const written = vi.spyOn(console, "log").mockReturnValue();
  const other = vi.fn<Listener>();
  const refuse: Listener = async () => {
    throw new AppError("database_unavailable");
  };
  await raise(tenant, "new_login", "node", refuse, other);
  const lines = written.mock.calls.map(([line]) => JSON.parse(String(line)));
  expect(lines).toMatchObject([
    {
      level: "warn",
      event: "account.notice_not_raised",
      sub: tenant.principal.sub,
      notice: "new_login",
      code: "database_unavailable",
    },
  ]);
  const fault = new Error("a fault");
  await expect(raise(tenant, "new_login", "node", () => Promise.reject(fault), other)).rejects.toBe(fault);
  expect(other).not.toHaveBeenCalled();
  expect(await found(tenant)).toEqual([]);
  await raise(tenant);
  expect(await found(tenant)).toEqual([["node", undefined]]);
});

test("who has just proven who they are is told in their own tenant", async () => {
  const tenant = makeTenant();
  await tellOwner(tenant.principal, "password_changed", { address: "unknown" });
  expect(await ownNotices(tenant)).toMatchObject([
    { notice: "password_changed", facts: { address: "unknown" } },
  ]);
});

test("what one was told is never taken back: the tenants' role deletes no notice", async () => {
  const tenant = makeTenant();
  await raise(tenant);
  const deleting = withTenant(tenant.tenantId, (tx) => tx.delete(accountNotices));
  await expect(deleting).rejects.toMatchObject(denied);
  expect(await found(tenant)).toHaveLength(1);
});
