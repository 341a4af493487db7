import { eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, expect, test } from "vitest";
import { denied } from "../../infra/local/testing/denied";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import { withTenant } from "../db/with-tenant";
import { changeAlert } from "./change-alert";
import { createAlert } from "./create-alert";
import { createComment } from "./create-comment";
import { STATUSES } from "./kinds";
import { listAlerts } from "./list-alerts";
import { readAlert } from "./read-alert";
import { listComments, readComment } from "./read-comments";
import { removeComment } from "./remove-comment";
import { alerts } from "./tables";

const ALERT = { title: "theirs", detail: "", severity: "info", source: "manual" } as const;

/** The tenant whose alert is asked for, and the one that asks: an admin, who may do most. */
let theirs: ReturnType<typeof makeTenant>;
let ours: ReturnType<typeof makeTenant>;
let theirAlert: string;
let before: unknown;

beforeEach(async () => {
  [theirs, ours] = [makeTenant(), makeTenant({ groups: ["admin"] })];
  theirAlert = (await createAlert(theirs, ALERT)).id;
  await createAlert(ours, { ...ALERT, title: "ours" });
  before = await theirRows();
});

/** What is really in the table for the other tenant. */
const theirRows = () =>
  asSuperuser((tx) => tx.select().from(alerts).where(eq(alerts.tenantId, theirs.tenantId)));

test.each<[string, (id: string) => Promise<unknown>]>([
  ["reading", (id) => readAlert(ours, id)],
  ...STATUSES.map((status): [string, (id: string) => Promise<unknown>] => [
    `making ${status}`,
    (id) => changeAlert(ours, id, { status }),
  ]),
  ["assigning to nobody", (id) => changeAlert(ours, id, { assignee: null })],
  ["commenting on", (id) => createComment(ours, id, { text: "ours" })],
  ["reading the comments on", (id) => listComments(ours, id, { limit: 50 })],
  ["reading a comment on", (id) => readComment(ours, id, id)],
  ["removing a comment on", (id) => removeComment(ours, id, id)],
])(
  "%s another tenant's alert is answered as one that never was, and it stays as it is",
  async (_, useCase) => {
    const refusal = (id: string) =>
      useCase(id).then(
        () => "not refused",
        ({ code, status, title, detail, fields }) => ({ code, status, title, detail, fields }),
      );
    const answer = await refusal(theirAlert);
    expect(answer).toMatchObject({ code: "not_found", status: 404 });
    expect(answer).toEqual(await refusal(uuidv7()));
    expect(await theirRows()).toEqual(before);
  },
);

test("the list holds the tenant's own alerts only", async () => {
  const { rows } = await listAlerts(ours, { limit: 50, cursor: undefined });
  expect(rows.map(({ title }) => title)).toEqual(["ours"]);
});

test("no alert is ever deleted, not even one's own", async () => {
  for (const statement of [sql`delete from alerts`, sql`truncate alerts`]) {
    const deleting = withTenant(ours.tenantId, (tx) => tx.execute(statement));
    await expect(deleting).rejects.toMatchObject(denied);
  }
});
