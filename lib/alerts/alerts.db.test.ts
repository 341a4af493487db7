import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { makeTenant } from "../../infra/local/testing/tenant";
import { ownNotices } from "../account/own-notices";
import { raiseNotice as raiseNoticeTo } from "../account/raise-notice";
import type { Facts, Notice, NoticeOwner } from "../auth/sign-in/notices";
import type { TenantContext } from "../auth/tenancy/tenant";
import { changeAlert } from "./change-alert";
import { Alert, NewAlert } from "./contract";
import { createAlert } from "./create-alert";
import { SEVERITIES, STATUSES, type Status } from "./kinds";
import { listAlerts } from "./list-alerts";
import { readAlert } from "./read-alert";
import { tellNotice } from "./tell-notice";

const raiseNotice = (owner: NoticeOwner, notice: Notice, facts: Facts) =>
  raiseNoticeTo(owner, notice, facts, [tellNotice]);

const raise = (tenant: TenantContext, more: object = {}) =>
  createAlert(tenant, NewAlert.parse({ title: "Gate open", ...more }));

/** An alert that has come to this status. */
async function alertAt(tenant: TenantContext, status: Status): Promise<Alert> {
  return changeAlert(tenant, (await raise(tenant)).id, { status });
}

describe("an alert", () => {
  test("is open, the caller's, in the caller's tenant, and reads back as it was answered", async () => {
    const tenant = makeTenant();
    const alert = await raise(tenant, { detail: "since dawn", severity: "critical", source: "gate 3" });
    expect(Alert.parse(alert)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      title: "Gate open",
      detail: "since dawn",
      severity: "critical",
      status: "open",
      source: "gate 3",
      notice: null,
      facts: null,
      tenant_id: tenant.tenantId,
      owner_sub: tenant.principal.sub,
      owner: { sub: tenant.principal.sub, name: null, is_member: false },
      acknowledged: null,
      resolved: null,
      assigned: null,
      comment_count: 0,
      version: 1,
      created_at: alert.updated_at,
      updated_at: alert.created_at,
    });
    expect(await readAlert(tenant, alert.id)).toEqual(alert);
  });
  test("with NUL that came past the contract is the caller's fault", async () => {
    const input = { title: "a\0b", detail: "", severity: "info", source: "x" } as const;
    await expect(createAlert(makeTenant(), input)).rejects.toMatchObject({ code: "invalid_request" });
  });
  test("that is not there is not found", async () => {
    await expect(readAlert(makeTenant(), randomUUID())).rejects.toMatchObject({ code: "not_found" });
    await expect(changeAlert(makeTenant(), randomUUID(), { status: "resolved" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

test.for([
  ["Sensor-7", "SENSOR-7"],
  ["ｾﾝｻｰ７", "センサー7"],
  ["Straße", "strasse"],
])("the alerts of source %j are found by %j, as a search finds a name", async ([source, asked]) => {
  const tenant = makeTenant();
  const { id } = await raise(tenant, { source });
  await raise(tenant, { source: `${source} 2` });
  const { rows } = await listAlerts(tenant, { limit: 10, cursor: undefined, source: asked });
  expect(rows.map((row) => row.id)).toEqual([id]);
});

describe("an alert only moves forward, and is opened again once it is resolved", () => {
  const isAgain = (from: Status, to: Status) => from === "resolved" && to === "open";
  const steps = STATUSES.flatMap((from, i) =>
    STATUSES.map((to, j) => {
      const moves = i < j || isAgain(from, to);
      return [from, to, i === j ? "stays as it is" : moves ? "moves" : "is refused"] as const;
    }),
  );
  test.each(steps)("from %s to %s it %s", async (from, to, outcome) => {
    const tenant = makeTenant();
    const alert = await alertAt(tenant, from);
    if (outcome === "is refused") {
      await expect(changeAlert(tenant, alert.id, { status: to })).rejects.toMatchObject({
        code: "conflict",
        status: 409,
        detail: `The alert is ${from} and cannot become ${to}.`,
      });
      expect(await readAlert(tenant, alert.id)).toEqual(alert);
    } else {
      const changed = await changeAlert(tenant, alert.id, { status: to });
      const updated_at = outcome === "moves" ? changed.updated_at : alert.updated_at;
      const by = { [to]: { by: alert.owner, at: updated_at } };
      const moved = outcome === "moves" && (to === "open" ? { acknowledged: null, resolved: null } : by);
      const version = outcome === "moves" ? alert.version + 1 : alert.version;
      expect(changed).toEqual({ ...alert, ...moved, version, status: to, updated_at });
      expect(await readAlert(tenant, alert.id)).toEqual(changed);
    }
  });

  test("also when several push at once: whoever is late finds it resolved", async () => {
    const tenant = makeTenant();
    for (let round = 0; round < 20; round++) {
      const { id } = await raise(tenant);
      const pushes = (["resolved", "acknowledged", "acknowledged"] as const).map((status) =>
        changeAlert(tenant, id, { status }),
      );
      const results = await Promise.allSettled(pushes);
      for (const each of results.filter((result) => result.status === "rejected")) {
        expect(each.reason).toMatchObject({ code: "conflict" });
      }
      expect(await readAlert(tenant, id)).toMatchObject({ status: "resolved" });
    }
  });
});

describe("the list of alerts", () => {
  test("holds those of a status, of a severity, or of both, also from page to page", async () => {
    const tenant = makeTenant();
    const all: Alert[] = [];
    for (const status of STATUSES) {
      for (const severity of SEVERITIES) {
        for (let i = 0; i < 2; i++) {
          const { id } = await raise(tenant, { severity });
          all.unshift(await changeAlert(tenant, id, { status }));
        }
      }
    }
    for (const status of [undefined, ...STATUSES]) {
      for (const severity of [undefined, ...SEVERITIES]) {
        const seen: Alert[] = [];
        let cursor: string | undefined;
        do {
          const page = await listAlerts(tenant, { limit: 3, cursor, status, severity });
          seen.push(...page.rows);
          cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        const expected = all.filter(
          (each) =>
            (status === undefined || each.status === status) &&
            (severity === undefined || each.severity === severity),
        );
        expect(seen.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
      }
    }
  });
});

describe("what the application says", () => {
  const facts = { address: "192.0.2.7", user_agent: "node" };
  const told = async (tenant: TenantContext) =>
    (await listAlerts(tenant, { limit: 100 })).rows.filter(({ notice }) => notice !== null);
  const anotherOf = (tenant: TenantContext, role: TenantContext["role"]): TenantContext => ({
    ...tenant,
    role,
    principal: { ...tenant.principal, sub: randomUUID() },
  });

  test("twenty changes within an hour, all at once, are three alerts, and the last counts the others", async () => {
    const tenant = makeTenant();
    const owner = { tenantId: tenant.tenantId, sub: tenant.principal.sub };
    const changes = Array.from({ length: 20 }, (_, i) => ({ ...facts, user_agent: `client ${i}` }));
    await Promise.all(changes.map((change) => raiseNotice(owner, "factor_preferred", change)));
    expect((await told(tenant)).map((alert) => alert.facts?.further)).toEqual(["17", undefined, undefined]);
    await raiseNotice(owner, "password_changed", facts);
    expect(await told(tenant)).toHaveLength(4);
  });

  test("of a change to an account is for its owner alone, and of a new sign-in it is no alert", async () => {
    const tenant = makeTenant();
    const owner = { tenantId: tenant.tenantId, sub: tenant.principal.sub };
    await raiseNotice(owner, "new_login", facts);
    await raiseNotice(owner, "authenticator_removed", facts);
    const kinds = async (who: TenantContext) => (await told(who)).map(({ notice }) => notice).sort();
    expect(await kinds(tenant)).toEqual(["authenticator_removed"]);
    for (const role of ["admin", "member"] as const) expect(await kinds(anotherOf(tenant, role))).toEqual([]);
    expect((await ownNotices(tenant)).map(({ notice }) => notice)).toEqual([
      "authenticator_removed",
      "new_login",
    ]);
    expect(await ownNotices(anotherOf(tenant, "admin"))).toEqual([]);
  });

  test("nobody else says, not even with a row that tries", async () => {
    const tenant = makeTenant();
    const forged = {
      ...NewAlert.parse({ title: "Your password was changed" }),
      notice: "password_changed",
      audience: "self",
    };
    await createAlert(tenant, forged as NewAlert);
    expect(await told(tenant)).toEqual([]);
  });
});
