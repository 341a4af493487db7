import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { asSuperuser } from "../../../infra/local/testing/superuser";
import { closeDatabase } from "../../db/client";
import { rateLimits } from "../../db/schema";
import { AppError } from "../../errors";
import { LIMITS } from "./limits";
import { accountKey, countersOf, counting, limited } from "./rate-limit";

afterEach(() => readOnly("off"));

/** As during a failover to a replica: new connections may only read. */
async function readOnly(is: "on" | "off"): Promise<void> {
  await asSuperuser(async (tx) => {
    await tx.execute(sql`set transaction read write`);
    const { rows } = (await tx.execute(sql`select current_database() as name`)) as unknown as {
      rows: { name: string }[];
    };
    await tx.execute(sql.raw(`alter database "${rows[0]?.name}" set default_transaction_read_only = ${is}`));
  });
  await closeDatabase();
}

async function taken(recipient: string): Promise<number | undefined> {
  const whereTheirs = eq(rateLimits.key, `text_message.recipient:${accountKey(recipient)}`);
  const [row] = await asSuperuser((tx) => tx.select().from(rateLimits).where(whereTheirs));
  return row?.points;
}

const away = new AppError("database_unavailable");
const { points } = LIMITS.text_message.by.recipient();

test("outages while a text is to be sent take none of the few that an hour has", async () => {
  const recipient = randomUUID();
  const texted = (work: () => Promise<unknown>) =>
    counting(countersOf("text_message", { recipient }), "sent", work).catch((error) => error.code);
  let underWay = 0;
  let goAway: Promise<void> | undefined;
  const brokenOff = async () => {
    underWay += 1;
    if (underWay === points) goAway = readOnly("on");
    await vi.waitUntil(() => goAway !== undefined, { timeout: 20_000 });
    await goAway;
    throw away;
  };
  const outages = await Promise.all(Array.from({ length: points }, () => texted(brokenOff)));
  expect(new Set(outages)).toEqual(new Set([away.code]));
  await readOnly("off");
  await vi.waitUntil(async () => (await taken(recipient)) === 0, { timeout: 20_000 });
  for (let sent = 0; sent < points; sent++) expect(await texted(async () => "sent")).toBe("sent");
  expect(await texted(async () => "sent")).toBe("rate_limited");
});

test("whoever is in is in, though their point cannot be given back at once", async () => {
  const attempt = { account: randomUUID(), address: randomUUID() };
  const work = async () => {
    await readOnly("on");
    return "in";
  };
  expect(await limited("sign_in", attempt, work)).toBe("in");
});
