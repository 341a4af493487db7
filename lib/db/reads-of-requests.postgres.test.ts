import { AsyncLocalStorage } from "node:async_hooks";
import { sql } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import type { CurrentRequest, WithRequests } from "../current-request";
import { AppError } from "../errors";
import { ask, guardedRequest, readDatabase } from "./client";
import { apart } from "./guards";
import { readTenant } from "./with-tenant";

const shared = globalThis as WithRequests;
const requests = new AsyncLocalStorage<CurrentRequest>();
afterEach(() => {
  delete shared.sekishoRequests;
});

/** Carries out what is done for one request. */
function inRequest<T>(work: () => Promise<T>): Promise<T> {
  shared.sekishoRequests = requests;
  return requests.run({ isOver: false } as CurrentRequest, work);
}

/** Which transaction a read of this tenant is in: two that are in one began at the same moment, on one connection. */
function transaction(tenant: string): Promise<string> {
  return readTenant(tenant, async (reads) => {
    const said = sql`select pg_backend_pid() || ' ' || now() || ' ' || current_setting('app.tenant_id') as own`;
    return String(rowOf(await reads.execute(said)).own);
  });
}

const rowOf = (result: unknown) => (result as { rows: Record<string, unknown>[] }).rows[0] ?? {};

test("what several read of a tenant for one request at the same time is one transaction", async () => {
  const [one, other] = await inRequest(() => Promise.all([transaction("acme"), transaction("acme")]));
  expect(one).toBe(other);
  expect(one).toMatch(/ acme$/);
});

test("what is read of another tenant, for another request or for none is another one", async () => {
  const [acme, globex] = await inRequest(() => Promise.all([transaction("acme"), transaction("globex")]));
  expect(globex).toMatch(/ globex$/);
  expect(globex).not.toBe(acme);
  const [one, other] = await Promise.all([
    inRequest(() => transaction("acme")),
    inRequest(() => transaction("acme")),
  ]);
  expect(one).not.toBe(other);
  const [first, second] = await Promise.all([transaction("acme"), transaction("acme")]);
  expect(first).not.toBe(second);
});

test("one that the server refuses takes none of the others along", async () => {
  const fault = (tenant: string) => readTenant(tenant, (reads) => reads.execute(sql`select 1 / 0`));
  const [good, bad, alsoGood] = await inRequest(() =>
    Promise.allSettled([transaction("acme"), fault("acme"), transaction("acme")]),
  );
  expect(good).toMatchObject({ status: "fulfilled", value: expect.stringMatching(/ acme$/) });
  expect(alsoGood).toMatchObject({ status: "fulfilled", value: expect.stringMatching(/ acme$/) });
  expect(bad).toMatchObject({ status: "rejected", reason: { cause: { code: "22012" } } });
});

test("a guard that refuses is for all that its request reads, and for nothing that others wait for as well", async () => {
  const guard = {
    statement: { text: "select 1" },
    judge: () => {
      throw new AppError("invalid_token");
    },
  };
  let shown: unknown;
  const request = inRequest(() =>
    guardedRequest(async () => {
      await ask(guard);
      const kept = apart(() => transaction("acme"));
      const own = await Promise.allSettled([
        transaction("acme"),
        readDatabase((reads) => reads.execute(sql`select 1`)),
      ]);
      shown = [await kept, ...own.map(({ status }) => status)];
    }),
  );
  await expect(request).rejects.toMatchObject({ code: "invalid_token" });
  expect(shown).toEqual([expect.stringMatching(/ acme$/), "rejected", "rejected"]);
});
