import { createHash, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { withDatabase } from "../../db/client";
import { knownDevices } from "../../db/schema";
import type { CookieJar } from "./cookie-jar";
import { cookieFrom, cookieName, cookieOptions } from "./session-cookie";

/** A browser is remembered for a year (seconds). */
export const REMEMBER_SECONDS = 365 * 24 * 60 * 60;

/** The mark of this browser, from its cookie; a browser without one is given one. It says nothing but "seen before". */
export function deviceOf(jar: CookieJar): string {
  const device = asDevice(jar.get(cookieName("device"))?.value) ?? randomUUID();
  jar.set(cookieName("device"), device, { ...cookieOptions(), maxAge: REMEMBER_SECONDS });
  return device;
}

/** The mark that a request brings, or null. */
export function deviceIn(headers: Headers): string | null {
  return asDevice(cookieFrom(headers.get("cookie"), "device"));
}

function asDevice(value: string | undefined): string | null {
  return value !== undefined && value !== "" && value.length <= 64 ? value : null;
}

/** Remembers that `sub` signed in from a device. @returns whether that device was not seen before. */
export async function rememberDevice(sub: string, device: string): Promise<boolean> {
  const hash = createHash("sha256").update(device).digest("base64url");
  const now = new Date();
  const [row] = await withDatabase((db) =>
    db
      .insert(knownDevices)
      .values({ sub, device: hash, firstSeenAt: now, lastSeenAt: now })
      .onConflictDoUpdate({ target: [knownDevices.sub, knownDevices.device], set: { lastSeenAt: now } })
      // PostgreSQL, "System Columns": a row that no transaction has updated has none here.
      .returning({ isNew: sql<boolean>`xmax = 0` }),
  );
  return row?.isNew === true;
}
