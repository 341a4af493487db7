import { sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../errors";
import { log } from "../log";
import { gauge } from "../telemetry/telemetry";
import { listen } from "./client";
import { Inbox } from "./inbox";
import { jsonOf } from "./json-of";
import type { TenantTransaction } from "./with-tenant";

const CHANNEL = "sekisho_notices";
/** No feature is called so. */
const EVERY_TOPIC = "*";
/** How many may listen in one process, for one person and for one tenant. */
const MOST_PER_HOLDER = 20;
const MOST_PER_TENANT = 500;
const BUSY_RETRY_SECONDS = 30;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** How far apart those are, on average, who look at everything anew. */
const APART_MS = 2;

/** Ids and no content: whoever hears them reads, under their own rights, what they may see. */
const Notice = z.object({ tenant: z.string(), topic: z.string(), ids: z.array(z.string()) });

/** The one connection of this process that listens, from the first inbox on, and those for whom it does. */
type Hub = {
  inboxes: Set<Inbox>;
  connection: "none" | "wanted" | "up";
  /** It was refused or lost, and is not there again. */
  hasFailed: boolean;
  isOver: boolean;
};

/** Next evaluates this module several times in one process. */
const shared = globalThis as typeof globalThis & { sekishoNotices?: Hub };
shared.sekishoNotices ??= { inboxes: new Set(), connection: "none", hasFailed: false, isOver: false };
const hub = shared.sekishoNotices;
gauge("sekisho.streams", () => [{ value: hub.inboxes.size }]);
gauge("sekisho.notices_waiting", () => [{ value: sumOf(waiting().map(({ ids }) => ids)) }]);
gauge("sekisho.notices_oldest", () => [{ value: Math.max(0, ...waiting().map(({ seconds }) => seconds)) }]);
gauge("sekisho.notices_heard", () => [{ value: areNoticesHeard() ? 1 : 0 }]);

const waiting = () => [...hub.inboxes].map((inbox) => inbox.waiting);
const sumOf = (numbers: number[]) => numbers.reduce((sum, each) => sum + each, 0);

/**
 * Tells every process, when the transaction commits, that these rows of its tenant have changed.
 *
 * @param topic what kind of rows: the name of the feature that they belong to.
 * @param ids 100 at the most: a payload of PostgreSQL has less than 8,000 bytes.
 */
export async function announce(
  tx: TenantTransaction,
  tenantId: string,
  topic: string,
  ids: string[],
): Promise<void> {
  const payload = JSON.stringify({ tenant: tenantId, topic, ids } satisfies z.input<typeof Notice>);
  await tx.execute(sql`select pg_notify(${CHANNEL}, ${payload}), keep_notice(${payload})`);
}

/** Tells every process, when the transaction commits, that all who listen in a tenant have to look who they are. */
export async function announceToAll(tx: TenantTransaction, tenantId: string): Promise<void> {
  await announce(tx, tenantId, EVERY_TOPIC, []);
}

/**
 * Hears the changes of one topic in one tenant until `unsubscribe`. When the connection is lost it is established anew, at ever
 * longer intervals, and the inbox then says that there was a gap.
 *
 * @param holder who listens.
 * @throws AppError `rate_limited` when they, or their tenant, listen too often already.
 */
export function subscribe(tenantId: string, topic: string, holder: string): Inbox {
  const ofTenant = [...hub.inboxes].filter((each) => each.tenantId === tenantId);
  const ofHolder = ofTenant.filter((each) => each.holder === holder);
  if (ofTenant.length >= MOST_PER_TENANT || ofHolder.length >= MOST_PER_HOLDER) {
    throw new AppError("rate_limited", { retryAfter: BUSY_RETRY_SECONDS });
  }
  const inbox = new Inbox(tenantId, topic, holder, () => hub.connection === "up");
  if (hub.isOver) {
    inbox.close();
    return inbox;
  }
  hub.inboxes.add(inbox);
  void connect(FIRST_PAUSE_MS);
  return inbox;
}

/**
 * Whether everybody who listens is told of changes, or is about to be; so it is while nobody listens. The first one has the
 * connection made: an instance that is not ready meanwhile would get no requests, for having got one.
 */
export function areNoticesHeard(): boolean {
  return !hub.hasFailed || hub.inboxes.size === 0;
}

/** Closes an inbox. */
export function unsubscribe(inbox: Inbox): void {
  inbox.close();
  hub.inboxes.delete(inbox);
}

/** Closes every inbox. */
export function unsubscribeAll(): void {
  for (const inbox of hub.inboxes) unsubscribe(inbox);
}

/** Closes every inbox, and each that is opened from now on: a server that stops would wait for those who read them. */
export function endNotices(): void {
  hub.isOver = true;
  unsubscribeAll();
}

/** Establishes the connection, unless it is there, is being established or nobody listens. */
async function connect(pauseMs: number): Promise<void> {
  if (hub.connection !== "none") return;
  // The next one who listens has it made, as the first did.
  if (hub.inboxes.size === 0) {
    hub.hasFailed = false;
    return;
  }
  hub.connection = "wanted";
  try {
    await listen(CHANNEL, hear, onLost);
    hub.connection = "up";
    hub.hasFailed = false;
    tellOfConnection();
  } catch (error) {
    // Whatever it is, it may pass, and requests say by themselves what is wrong with the database.
    log("warn", "database.listening_refused", { error });
    hub.connection = "none";
    hub.hasFailed = true;
    retry(pauseMs, Math.min(pauseMs * 2, LONGEST_PAUSE_MS));
  }
}

function onLost(error: unknown): void {
  log("warn", "database.listening_lost", { error });
  hub.connection = "none";
  hub.hasFailed = hub.inboxes.size > 0;
  tellOfConnection();
  retry(0, FIRST_PAUSE_MS);
}

/** Not all processes at the same time when a server is back. */
function retry(inMs: number, nextPauseMs: number): void {
  setTimeout(() => connect(nextPauseMs), inMs * (0.5 + Math.random() / 2)).unref();
}

/** Each of them asks the database then who it is: not all at the same time. */
function tellOfConnection(): void {
  for (const inbox of hub.inboxes) inbox.lookAgain(Math.random() * hub.inboxes.size * APART_MS);
}

/** Anything that is not ours on the channel is nobody's notice. */
function hear(payload: string): void {
  const notice = Notice.safeParse(jsonOf(payload)).data;
  if (!notice) return;
  for (const inbox of hub.inboxes) {
    if (inbox.tenantId !== notice.tenant) continue;
    if (notice.topic === EVERY_TOPIC) inbox.lookAgain();
    else if (inbox.topic === notice.topic) inbox.put(notice.ids);
  }
}
