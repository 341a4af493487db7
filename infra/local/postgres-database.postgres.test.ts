import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createDatabase, migrateFresh } from "./postgres-database";
import { ARCHIVE, findPostgres } from "./postgres-programs";
import { sharedServer } from "./testing/shared-server";

const programs = findPostgres(undefined, ARCHIVE);

/** All that `pg_dump` says of a database and its owner, both under one name. */
function shapeOf(database: string, owner: string): string[] {
  if ("missing" in programs) throw new Error(programs.missing);
  const args = ["--schema-only", "--create", sharedServer(database)];
  const dump = execFileSync(join(programs.folder, "pg_dump"), args, { encoding: "utf8" });
  return (
    dump
      .replaceAll(owner, "its_name")
      .replaceAll(database, "its_name")
      .split("\n")
      // No two dumps have the same.
      .filter((line) => !/^\\(un)?restrict/.test(line))
  );
}

test.skipIf("missing" in programs)(
  "a database that was copied is as its owner would have migrated it",
  async () => {
    const copied = await createDatabase(sharedServer);
    const fresh = `fresh_${randomBytes(4).toString("hex")}`;
    await migrateFresh(sharedServer, fresh);
    const shape = shapeOf(copied.name, `${copied.name}_owner`);
    expect(shape).toEqual(shapeOf(fresh, fresh));
    expect(shape.length).toBeGreaterThan(500);
  },
);
