import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { startChild, type TestChild } from "../../infra/local/testing/child";
import { makeTenant } from "../../infra/local/testing/tenant";
import { listAudit } from "../audit/list-audit";
import { recordAuditApart } from "../audit/record";
import { env } from "../env";
import { closeDatabase, database } from "./client";
import { auditEvents } from "./schema";
import { withTenant } from "./with-tenant";

const ROUNDS = 6;

const children: TestChild[] = [];
afterEach(() => Promise.all(children.splice(0).map((child) => child.kill())));

const acme = makeTenant({ tenantId: "acme" });
const record = (label: string) =>
  recordAuditApart(acme, { action: "member.invited", subject: { id: label, label } });
const recorded = async () =>
  (await listAudit(acme, { limit: 100 })).rows.map(({ subject }) => subject?.label);

/** A process that writes once it is sent a line. */
function startWriter(): TestChild {
  const child = startChild("audit-writer.ts");
  children.push(child);
  return child;
}

test("a second process is refused in a clear line, and the first goes on unharmed", async () => {
  await record("first");
  const folder = join(env().DATA_DIR, "db");
  const second = startWriter();
  second.send("go");
  expect(await second.nextLine()).toBe(
    `FolderLockedError: ${folder} is in use by process ${process.pid}. ` +
      "Stop it, or choose another folder with DATA_DIR.",
  );
  expect(await recorded()).toContain("first");
  await record("second");
});

test("closing gives the folder back, and opening finds what was there", async () => {
  await record("kept");
  await closeDatabase();
  expect(existsSync(join(env().DATA_DIR, "db", "lock"))).toBe(false);
  expect(await recorded()).toContain("kept");
});

test("a folder that is not there yet is made and migrated", async () => {
  await closeDatabase();
  vi.stubEnv("DATA_DIR", join(env().DATA_DIR, "new"));
  vi.resetModules();
  const [client, tenants] = [await import("./client"), await import("./with-tenant")];
  try {
    expect(await tenants.withTenant("acme", (tx) => tx.select().from(auditEvents))).toEqual([]);
  } finally {
    await client.closeDatabase();
    vi.unstubAllEnvs();
  }
});

test("opening that failed is tried again by the next call", async () => {
  await closeDatabase();
  const holder = startWriter();
  holder.send("go");
  expect(await holder.nextLine()).toMatch(/^[\w-]{36}$/);
  await expect(database()).rejects.toMatchObject({ name: "FolderLockedError", pid: holder.process.pid });
  await holder.kill();
  await database();
});

test(`kill -9 in mid-write, ${ROUNDS} times over, loses nothing that was acknowledged`, {
  timeout: 180_000,
}, async () => {
  await closeDatabase();
  const acknowledged: string[] = [];
  let following = startWriter();
  for (let round = 0; round < ROUNDS; round++) {
    const writer = following;
    writer.send("go");
    following = startWriter();
    // Another number each time, so that the kill meets another moment of the write.
    for (let i = 0; i < 1 + ((round * 7) % 23); i++) {
      const line = await writer.nextLine();
      expect(line, writer.errors()).toMatch(/^[\w-]{36}$/);
      acknowledged.push(line ?? "");
    }
    await writer.kill();
    // What it had said by then and we had not read yet was acknowledged as well.
    for (let line = await writer.nextLine(); line !== null; line = await writer.nextLine()) {
      acknowledged.push(line);
    }
  }
  const stored = await withTenant("acme", (tx) => tx.select({ id: auditEvents.id }).from(auditEvents));
  expect(acknowledged.length).toBeGreaterThan(50);
  expect(stored.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
});
