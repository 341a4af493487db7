import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { setTelemetry } from "../telemetry/telemetry";
import { withDatabase } from "./client";
import { sessions } from "./schema";
import { withTenant } from "./with-tenant";

test("what is asked of PGlite is measured as over PostgreSQL, in a transaction too, and what fails says how", async () => {
  await withDatabase((db) => db.select({ id: sessions.id }).from(sessions));
  const told: unknown[] = [];
  setTelemetry({
    add: () => undefined,
    record: (_, __, attributes) => told.push(attributes),
    beginRequest: () => null,
    close: async () => undefined,
  });
  await withDatabase((db) => db.select({ id: sessions.id }).from(sessions));
  await withTenant("acme", (tx) => tx.execute(sql`select name from items`));
  await expect(withDatabase((db) => db.execute(sql`select name from nowhere`))).rejects.toThrow();
  Reflect.deleteProperty(globalThis, "sekishoTelemetry");
  const database = { peer: "database" };
  expect(told).toEqual([
    { ...database, operation: "select sessions" },
    { ...database, operation: "select" },
    { ...database, operation: "select items" },
    { ...database, operation: "select nowhere", "error.type": "42P01" },
  ]);
});
