import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { AppError } from "../errors";
import { ask, guardedRequest, rawQuery, settleGuards, withDatabase } from "./client";
import type { Guard } from "./guards";
import { apart } from "./guards";
import { platformEvents } from "./schema";
import { readTenant, withTenant } from "./with-tenant";

const refused = { code: "invalid_token" };

/** One that looks at the database, and refuses or does not. */
function guard(refuses = true): Guard & { asked: number } {
  const own = {
    asked: 0,
    statement: { text: "select current_user as role" },
    judge: ([row]: unknown[]) => {
      own.asked += 1;
      expect(row).toEqual({ role: "app_session" });
      if (refuses) throw new AppError("invalid_token");
    },
  };
  return own;
}

const event = () => ({
  id: randomUUID(),
  tenant: "acme",
  action: "tenant.made",
  outcome: "done" as const,
  detail: {},
  createdAt: new Date(),
});
const isStored = (id: string) =>
  asSuperuser(
    async (tx) =>
      (await tx.execute(sql`select from platform_events where id = ${id}`)) as unknown as { rows: unknown[] },
  ).then(({ rows }) => rows.length > 0);

test("what a refused guard goes along with is neither read nor written, by whichever way it is asked", async () => {
  const one = event();
  const ways: (() => Promise<unknown>)[] = [
    () => readTenant("acme", (reads) => reads.execute(sql`select 1`)),
    () => withTenant("acme", (tx) => tx.execute(sql`select 1`)),
    () => withDatabase((db) => db.insert(platformEvents).values(one)),
    () => withDatabase((db) => db.transaction((tx) => tx.insert(platformEvents).values(one))),
    () => rawQuery({ text: "select 1" }),
    () => settleGuards(),
  ];
  for (const way of ways) {
    let went = false;
    const request = guardedRequest(async () => {
      await ask(guard());
      await way();
      went = true;
    });
    await expect(request).rejects.toMatchObject(refused);
    expect(went).toBe(false);
  }
  expect(await isStored(one.id)).toBe(false);
});

test("a guard that nothing was asked after is asked at the end, and its refusal comes before any other", async () => {
  await expect(guardedRequest(() => ask(guard()))).rejects.toMatchObject(refused);
  const forbidden = guardedRequest(async () => {
    await ask(guard());
    throw new AppError("forbidden");
  });
  await expect(forbidden).rejects.toMatchObject(refused);
  await expect(
    guardedRequest(async () => {
      await ask(guard(false));
      throw new AppError("forbidden");
    }),
  ).rejects.toMatchObject({ code: "forbidden" });
});

test("a refusal that somebody passes over is one still", async () => {
  const request = guardedRequest(async () => {
    await ask(guard());
    await readTenant("acme", (reads) => reads.execute(sql`select 1`)).catch(() => undefined);
    return "answer";
  });
  await expect(request).rejects.toMatchObject(refused);
});

test("a guard whose flight fails is not lost, and one that was judged well is asked once", async () => {
  const [first, second] = [guard(false), guard(false)];
  await guardedRequest(async () => {
    await ask(first);
    await readTenant("acme", (reads) => reads.execute(sql`select 1 / 0`)).catch(() => undefined);
    await readTenant("acme", (reads) => reads.execute(sql`select 1`));
    await withTenant("acme", (tx) => tx.execute(sql`select 1`));
    await ask(second);
    await withDatabase((db) => db.execute(sql`select 1`));
  });
  expect([first.asked, second.asked]).toEqual([1, 1]);
});

test("outside of a request, after its end, and for what others wait for, a guard is asked at once or not taken along", async () => {
  await expect(ask(guard())).rejects.toMatchObject(refused);
  let later: () => Promise<void> = async () => undefined;
  await guardedRequest(async () => {
    later = () => ask(guard());
  });
  await expect(later()).rejects.toMatchObject(refused);
  let shared: unknown;
  const request = guardedRequest(async () => {
    await ask(guard());
    shared = await apart(() => rawQuery({ text: "select 1 as one" }).then(({ rows }) => rows));
  });
  await expect(request).rejects.toMatchObject(refused);
  if (process.env.DATABASE_URL) expect(shared).toEqual([{ one: 1 }]);
});

test("what only reads cannot write, and sees its tenant's rows alone", async () => {
  const write = readTenant("acme", (reads) =>
    reads.execute(sql`insert into member_directories (tenant_id) values ('acme')`),
  );
  if (process.env.DATABASE_URL) await expect(write).rejects.toMatchObject({ code: "database_unavailable" });
  else await write;
  const look = sql`select current_user as role, current_setting('app.tenant_id') as tenant`;
  const answers = await readTenant("acme", (reads) =>
    Promise.all([reads.execute(look), reads.execute(sql`select 1 as one`)]),
  );
  expect(answers.map((each) => (each as unknown as { rows: unknown[] }).rows)).toEqual([
    [{ role: "app_user", tenant: "acme" }],
    [{ one: 1 }],
  ]);
  expect(() => readTenant("", async () => undefined)).toThrow();
});
