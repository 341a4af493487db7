import { readdirSync, readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { expect, test } from "vitest";

const FOLDER = "lib/db/migrations";

test("sign-ins told of before are notices from then on, and what others raised under their name is theirs", async () => {
  const db = new PGlite();
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".sql"));
  const run = async (names: string[]) => {
    for (const name of names) await db.exec(readFileSync(`${FOLDER}/${name}`, "utf8"));
  };
  const first = files.findIndex((name) => name.endsWith("_alert_notices.sql"));
  await run(files.slice(0, first));
  const row = (id: number, audience: string, source: string, detail: string) =>
    `('acme', '01980a3c-5d2e-7b41-9f60-00000000000${id}', 'New login detected', '${detail}', 'info', '${source}',
      '${audience}', 'somebody', now(), now())`;
  await db.exec(`insert into alerts
    (tenant_id, id, title, detail, severity, source, audience, owner_sub, created_at, updated_at) values
    ${row(1, "owner", "sign-in", "From Mozilla/5.0 (X11), address 1.\nLine 2, address 192.0.2.7.")},
    ${row(2, "owner", "sign-in", "From an unnamed client, address unknown.")},
    ${row(3, "tenant", "sign-in", "From curl, address 192.0.2.8.")},
    ${row(4, "tenant", "Sign_In", "forged")},
    ${row(5, "tenant", "sensor-7", "smoke")}`);
  await run(files.slice(first, first + 1));
  // Whoever migrates in production owns the tables, and the forced policies bind them.
  await db.exec("create role migrator; alter table alerts owner to migrator; set role migrator");
  await run(files.slice(first + 1, first + 2));
  await db.exec("reset role");
  const { rows } = await db.query("select source, notice, facts from alerts order by id");
  expect(rows).toEqual([
    {
      source: "sign-in",
      notice: "new_login",
      facts: { user_agent: "Mozilla/5.0 (X11), address 1.\nLine 2", address: "192.0.2.7" },
    },
    { source: "sign-in", notice: "new_login", facts: { user_agent: "", address: "unknown" } },
    { source: "manual", notice: null, facts: null },
    { source: "manual", notice: null, facts: null },
    { source: "sensor-7", notice: null, facts: null },
  ]);
  await db.close();
});
