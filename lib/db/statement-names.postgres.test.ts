import { sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";

type Instance = Pick<typeof import("./client"), "closeDatabase"> & typeof import("./with-tenant");
let instance: Instance;

/** An application with one connection. */
async function start(settings: Record<string, string> = {}): Promise<Instance> {
  vi.resetModules();
  Reflect.deleteProperty(globalThis, "sekishoDatabase");
  for (const [name, value] of Object.entries({ DATABASE_POOL_SIZE: "1", ...settings }))
    vi.stubEnv(name, value);
  const { closeDatabase } = await import("./client");
  instance = { closeDatabase, ...(await import("./with-tenant")) };
  return instance;
}
afterEach(async () => {
  await instance.closeDatabase();
  vi.unstubAllEnvs();
});

type Prepared = { rows: { times: number; custom: number }[] };
/** How often the connection knows a statement of ours, and how often it was planned for its values. */
async function known({ readTenant }: Instance, text: string): Promise<Prepared["rows"]> {
  const { rows } = (await readTenant("acme", (tx) =>
    tx.execute(sql`select count(*)::int as times, sum(custom_plans)::int as custom from pg_prepared_statements
      where position(${text} in statement) > 0 and statement not like '%pg_prepared_statements%'`),
  )) as unknown as Prepared;
  return rows;
}

test("a statement that comes again is read once, and planned each time for its values", async () => {
  const own = await start();
  for (let value = 0; value < 12; value++)
    await own.readTenant("acme", (tx) => tx.execute(sql`select ${value}::int as again`));
  await own.readTenant("acme", (tx) => tx.execute(sql`select ${1}::int as once`));
  expect(await known(own, "as again")).toEqual([{ times: 1, custom: 11 }]);
  expect(await known(own, "as once")).toEqual([{ times: 0, custom: null }]);
});

test("one that stands twice in a flight, or in one that fails on the way, can be asked again", async () => {
  const own = await start();
  const divided = (divisor: number) => sql`select 1 / ${divisor}::int as divided`;
  await own.withTenant("acme", async (tx) => {
    // Its second time is the first with a name, and the server does not come to it.
    await tx.execute(sql`select ${1}::int as later`);
    for (let round = 0; round < 4; round++) {
      const failed = tx.transaction((inner) =>
        Promise.all(
          [divided(1), divided(0), sql`select ${1}::int as later`].map((each) => inner.execute(each)),
        ),
      );
      await expect(failed).rejects.toMatchObject({ cause: { code: "22012" } });
      await Promise.all(
        [divided(1), divided(1), sql`select ${1}::int as later`].map((each) => tx.execute(each)),
      );
    }
  });
  expect(await known(own, "as divided")).toMatchObject([{ times: 1 }]);
  expect(await known(own, "as later")).toMatchObject([{ times: 1 }]);
});

test("where a pooler hands out transactions none has a name", async () => {
  const own = await start({ DATABASE_POOLER: "transaction" });
  for (let value = 0; value < 5; value++)
    await own.readTenant("acme", (tx) => tx.execute(sql`select ${value}::int as again`));
  expect(await known(own, "as again")).toEqual([{ times: 0, custom: null }]);
});
