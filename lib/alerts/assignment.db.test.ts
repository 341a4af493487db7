import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { listedMember } from "../../infra/local/testing/sign-in";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import { ownNotices } from "../account/own-notices";
import { raiseNotice } from "../account/raise-notice";
import { listAudit } from "../audit/list-audit";
import type { TenantContext } from "../auth/tenancy/tenant";
import { members } from "../db/schema";
import { listAssignees, personNamed } from "./assignable";
import { changeAlert } from "./change-alert";
import { Alert, NewAlert } from "./contract";
import { createAlert } from "./create-alert";
import { listAlerts } from "./list-alerts";
import { readAlert } from "./read-alert";
import { tellNotice } from "./tell-notice";

const raise = (tenant: TenantContext, title = "Smoke") => createAlert(tenant, NewAlert.parse({ title }));
const subOf = ({ principal }: TenantContext) => principal.sub;
const as = (tenant: TenantContext, role: "member" | "admin") => makeTenant({ ...tenant, groups: [role] });

async function setMember({ tenantId, principal }: TenantContext, set: { status: "disabled" } | null) {
  const whereOwn = and(eq(members.tenantId, tenantId), eq(members.sub, principal.sub));
  await asSuperuser((tx) =>
    set ? tx.update(members).set(set).where(whereOwn) : tx.delete(members).where(whereOwn),
  );
}

describe("an alert", () => {
  test("is taken, assigned to another and to nobody, and says who said so and when", async () => {
    const yuki = await listedMember({ name: "Yuki Tanaka" });
    const ken = await listedMember({ name: "Ken Abe" }, yuki);
    const { id } = await raise(yuki);
    const taken = Alert.parse(await changeAlert(ken, id, { assignee: "me" }));
    const person = (of: TenantContext, name: string) => ({ sub: subOf(of), name, is_member: true });
    expect(taken.assigned).toEqual({
      to: person(ken, "Ken Abe"),
      is_active: true,
      by: person(ken, "Ken Abe"),
      at: taken.updated_at,
    });
    const given = await changeAlert(ken, id, { assignee: subOf(yuki) });
    expect(given.assigned).toMatchObject({ to: person(yuki, "Yuki Tanaka"), by: person(ken, "Ken Abe") });
    expect(await readAlert(yuki, id)).toEqual(given);
    const left = await changeAlert(ken, id, { assignee: null });
    expect(left).toMatchObject({ assigned: null, version: 4 });
    const { rows } = await listAudit(as(yuki, "admin"), { limit: 10 });
    expect(rows.map(({ action, detail }) => [action, detail.name]).slice(0, 3)).toEqual([
      ["alert.unassigned", undefined],
      ["alert.assigned", "Yuki Tanaka"],
      ["alert.assigned", "Ken Abe"],
    ]);
  });

  test("is moved and assigned in one step, and what is so already changes nothing", async () => {
    const yuki = await listedMember();
    const { id } = await raise(yuki);
    const both = { status: "acknowledged", assignee: "me" } as const;
    const changed = await changeAlert(yuki, id, both);
    expect(changed).toMatchObject({ status: "acknowledged", assigned: { by: { sub: subOf(yuki) } } });
    expect(await changeAlert(yuki, id, both)).toEqual(changed);
    expect(await changeAlert(yuki, id, { assignee: subOf(yuki) })).toEqual(changed);
  });

  test("of another version than expected is not taken from who was faster", async () => {
    const yuki = await listedMember();
    const ken = await listedMember({}, yuki);
    const { id, version } = await raise(yuki);
    const expected = { oneOf: [version], noneOf: [] };
    const first = await changeAlert(ken, id, { assignee: "me" }, expected);
    await expect(changeAlert(yuki, id, { assignee: "me" }, expected)).rejects.toMatchObject({
      code: "precondition_failed",
    });
    expect(await readAlert(yuki, id)).toEqual(first);
  });

  test.each([
    ["who is invited", { status: "invited" }],
    ["who is disabled", { status: "disabled" }],
    ["who only reads", { role: "viewer" }],
  ] as const)("is not assigned to somebody %s", async (_, row) => {
    const yuki = await listedMember();
    const other = await listedMember(row, yuki);
    const before = await raise(yuki);
    await expect(changeAlert(yuki, before.id, { assignee: subOf(other) })).rejects.toMatchObject({
      code: "invalid_request",
      fields: [{ field: "assignee", code: "not_listed" }],
    });
    expect(await readAlert(yuki, before.id)).toEqual(before);
  });

  test("is not assigned to a member of another tenant, who is nobody here", async () => {
    const yuki = await listedMember();
    const theirs = await listedMember();
    const { id } = await raise(yuki);
    const refusal = (sub: string) =>
      changeAlert(yuki, id, { assignee: sub }).catch(({ code, fields }) => ({ code, fields }));
    expect(await refusal(subOf(theirs))).toEqual(await refusal(randomUUID()));
  });

  test("stays assigned to who was disabled or removed, and says so", async () => {
    const yuki = await listedMember();
    const ken = await listedMember({ name: "Ken Abe" }, yuki);
    const { id } = await raise(yuki);
    await changeAlert(yuki, id, { assignee: subOf(ken) });
    await setMember(ken, { status: "disabled" });
    const to = { sub: subOf(ken), name: "Ken Abe", is_member: true };
    expect((await readAlert(yuki, id)).assigned).toMatchObject({ to, is_active: false });
    await setMember(ken, null);
    expect((await readAlert(yuki, id)).assigned).toMatchObject({
      to: { ...to, name: null, is_member: false },
      is_active: false,
    });
    expect((await listAlerts(yuki, { limit: 10, assignee: subOf(ken) })).rows).toHaveLength(1);
  });

  test("of the application's own is its owner's alone, and assigned to nobody", async () => {
    const yuki = await listedMember();
    const owner = { tenantId: yuki.tenantId, sub: subOf(yuki) };
    await raiseNotice(owner, "password_changed", { address: "192.0.2.7" }, [tellNotice]);
    const [notice] = (await listAlerts(yuki, { limit: 10 })).rows;
    expect(await ownNotices(yuki)).toHaveLength(1);
    const id = notice?.id ?? "";
    await expect(changeAlert(yuki, id, { assignee: "me" })).rejects.toMatchObject({ code: "conflict" });
  });
});

test("alerts are listed by whom they are assigned to: me, somebody, nobody", async () => {
  const yuki = await listedMember();
  const ken = await listedMember({}, yuki);
  const [one, other, none] = [
    await raise(yuki, "one"),
    await raise(yuki, "other"),
    await raise(yuki, "none"),
  ];
  await changeAlert(yuki, one.id, { assignee: "me" });
  await changeAlert(yuki, other.id, { assignee: subOf(ken) });
  const listed = async (assignee: string) =>
    (await listAlerts(yuki, { limit: 10, assignee })).rows.map(({ title }) => title);
  expect(await listed("me")).toEqual(["one"]);
  expect(await listed(subOf(ken))).toEqual(["other"]);
  expect(await listed("nobody")).toEqual([none.title]);
  expect(await listed("somebody else")).toEqual([]);
});

describe("those to whom one can assign", () => {
  test("are the active members who may write, by name, of whom one knows what they are called", async () => {
    const yuki = await listedMember();
    const admin = await listedMember({ name: "Zoe", role: "admin" }, yuki);
    await listedMember({ name: "Ken Abe" }, yuki);
    await listedMember({ name: "Gone", status: "disabled" }, yuki);
    await listedMember({ name: "Victor", role: "viewer" }, yuki);
    await listedMember({ email: "unnamed@people.example" }, yuki);
    await listedMember({ name: "Theirs" });
    const called = async (who: TenantContext, contains?: string, limit = 200) =>
      (await listAssignees(who, { contains, limit })).map(({ name }) => name);
    expect(await called(yuki)).toEqual(["Ken Abe", "Zoe", null]);
    expect(new Set(await called(admin))).toEqual(
      new Set(["Ken Abe", "unnamed", subOf(yuki).slice(0, 8), "Zoe"]),
    );
    expect(await called(yuki, "ＫＥＮ")).toEqual(["Ken Abe"]);
    expect(await called(yuki, undefined, 1)).toEqual(["Ken Abe"]);
    expect(await called(yuki, "zoe", 1)).toEqual(["Zoe"]);
  });

  test("are called by name also once they are so no more, and those of other tenants are nobody", async () => {
    const yuki = await listedMember();
    const gone = subOf(await listedMember({ name: "Gone", status: "disabled" }, yuki));
    const theirs = subOf(await listedMember({ name: "Theirs" }));
    expect(await personNamed(yuki, gone)).toEqual({ sub: gone, name: "Gone", is_member: true });
    expect(await personNamed(yuki, theirs)).toEqual({ sub: theirs, name: null, is_member: false });
  });
});
