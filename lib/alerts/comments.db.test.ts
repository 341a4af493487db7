import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { listedMember } from "../../infra/local/testing/sign-in";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import { raiseNotice } from "../account/raise-notice";
import { listAudit } from "../audit/list-audit";
import type { TenantContext } from "../auth/tenancy/tenant";
import { AlertComment, NewAlert, NewComment } from "./contract";
import { createAlert } from "./create-alert";
import { createComment } from "./create-comment";
import { listAlerts } from "./list-alerts";
import { readAlert } from "./read-alert";
import { listComments, readComment } from "./read-comments";
import { removeComment } from "./remove-comment";
import { tellNotice } from "./tell-notice";

const raise = (tenant: TenantContext) => createAlert(tenant, NewAlert.parse({ title: "Smoke" }));
const textsOf = async (tenant: TenantContext, id: string) =>
  (await listComments(tenant, id, { limit: 50 })).rows.map(({ text }) => text);

describe("a comment", () => {
  test("says who wrote it and when, and the alert counts it as a change", async () => {
    const yuki = await listedMember({ name: "Yuki Tanaka" });
    const alert = await raise(yuki);
    const comment = AlertComment.parse(await createComment(yuki, alert.id, { text: "Only\nthe lamp" }));
    expect(comment).toMatchObject({
      alert_id: alert.id,
      text: "Only\nthe lamp",
      author: { sub: yuki.principal.sub, name: "Yuki Tanaka", is_member: true },
    });
    expect(await readComment(yuki, alert.id, comment.id)).toEqual(comment);
    expect((await listComments(yuki, alert.id, { limit: 50 })).rows).toEqual([comment]);
    const now = await readAlert(yuki, alert.id);
    expect(now).toMatchObject({ comment_count: 1, version: 2 });
    expect(now.updated_at >= comment.created_at).toBe(true);
    const { rows } = await listAudit(makeTenant({ ...yuki, groups: ["admin"] }), { limit: 1 });
    expect(rows).toMatchObject([{ action: "alert.commented", subject: { id: alert.id, label: "Smoke" } }]);
    expect(JSON.stringify(rows)).not.toContain("lamp");
  });

  test("of the newest come first, a page at a time", async () => {
    const tenant = makeTenant();
    const { id } = await raise(tenant);
    for (const text of ["one", "two", "three"]) await createComment(tenant, id, { text });
    const first = await listComments(tenant, id, { limit: 2 });
    expect(first.rows.map(({ text }) => text)).toEqual(["three", "two"]);
    const rest = await listComments(tenant, id, { limit: 2, cursor: first.next ?? "" });
    expect(rest).toMatchObject({ rows: [{ text: "one" }], next: null });
    const other = await raise(tenant);
    const elsewhere = listComments(tenant, other.id, { limit: 2, cursor: first.next ?? "" });
    await expect(elsewhere).rejects.toMatchObject({ code: "invalid_request" });
  });

  test("is written once for an idempotency key, and another text with it is refused", async () => {
    const tenant = makeTenant();
    const { id } = await raise(tenant);
    const first = await createComment(tenant, id, { text: "once" }, "key");
    expect(await createComment(tenant, id, { text: "once" }, "key")).toEqual(first);
    const another = createComment(tenant, id, { text: "else" }, "key");
    await expect(another).rejects.toMatchObject({ code: "idempotency_key_reused" });
    expect(await textsOf(tenant, id)).toEqual(["once"]);
    expect(await readAlert(tenant, id)).toMatchObject({ comment_count: 1 });
  });

  test.each([
    ["nothing", ""],
    ["blanks", " \n "],
    ["what nobody sees", "\u2800\u200b"],
    ["NUL", "a\0"],
    ["more than 2,000 characters", "a".repeat(2_001)],
  ])("of %s is refused", (_, text) => {
    expect(NewComment.safeParse({ text }).success).toBe(false);
  });

  test("is removed by who wrote it and by an administrator, by nobody else, and once", async () => {
    const yuki = makeTenant();
    const other = makeTenant({ tenantId: yuki.tenantId });
    const admin = makeTenant({ tenantId: yuki.tenantId, groups: ["admin"] });
    const { id } = await raise(yuki);
    const [mine, second] = [
      await createComment(yuki, id, { text: "mine" }),
      await createComment(yuki, id, { text: "second" }),
    ];
    await expect(removeComment(other, id, mine.id)).rejects.toMatchObject({ code: "forbidden" });
    const twice = await Promise.allSettled([
      removeComment(yuki, id, mine.id),
      removeComment(yuki, id, mine.id),
    ]);
    expect(twice.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await readAlert(yuki, id)).toMatchObject({ comment_count: 1 });
    await removeComment(admin, id, second.id);
    expect(await textsOf(yuki, id)).toEqual([]);
    expect(await readAlert(yuki, id)).toMatchObject({ comment_count: 0 });
    const { rows } = await listAudit(admin, { limit: 1 });
    expect(rows).toMatchObject([
      { action: "alert.comment_removed", detail: { author: yuki.principal.sub }, subject: { id } },
    ]);
  });

  test("of another alert is not there", async () => {
    const tenant = makeTenant();
    const [one, other] = [await raise(tenant), await raise(tenant)];
    const { id } = await createComment(tenant, one.id, { text: "one's" });
    const missing = { code: "not_found" };
    await expect(readComment(tenant, other.id, id)).rejects.toMatchObject(missing);
    await expect(removeComment(tenant, other.id, id)).rejects.toMatchObject(missing);
    expect(await textsOf(tenant, one.id)).toEqual(["one's"]);
  });

  test("is not written on what the application tells one person, which others do not see at all", async () => {
    const owner = makeTenant();
    const { tenantId, principal } = owner;
    const told = { tenantId, sub: principal.sub };
    await raiseNotice(told, "password_changed", { address: "192.0.2.7" }, [tellNotice]);
    const id = (await listAlerts(owner, { limit: 1 })).rows[0]?.id ?? "";
    await expect(createComment(owner, id, { text: "x" })).rejects.toMatchObject({ code: "conflict" });
    const other = makeTenant({ tenantId });
    await expect(createComment(other, id, { text: "x" })).rejects.toMatchObject({ code: "not_found" });
    await expect(listComments(other, id, { limit: 1 })).rejects.toMatchObject({ code: "not_found" });
  });

  test("goes with its alert when housekeeping deletes that", async () => {
    const tenant = makeTenant();
    const { id } = await raise(tenant);
    await createComment(tenant, id, { text: "goes" });
    const left = await asSuperuser(async (tx) => {
      await tx.execute(
        sql`update alerts set status = 'resolved', updated_at = now() - interval '400 days' where id = ${id}`,
      );
      await tx.execute(sql`set local role app_housekeeping`);
      await tx.execute(sql`delete from alerts where id = ${id}`);
      await tx.execute(sql`set local role none`);
      const asked = sql`select 1 from alert_comments where alert_id = ${id}`;
      return ((await tx.execute(asked)) as unknown as { rows: unknown[] }).rows;
    });
    expect(left).toEqual([]);
  });
});
