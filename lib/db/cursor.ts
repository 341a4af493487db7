import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { AppError } from "../errors";
import { fieldError } from "../field-error";
import { keysFor } from "../secret-keys";

/** The last row of a page, in the order `(created_at, id)`. An id is a UUID, and a tenant's is a word. */
export type Position = { createdAt: Date; id: string };

/**
 * The same in a list that goes by something else: a time in milliseconds, or text as a search compares it.
 *
 * @public for features
 */
export type Place = { key: number | string; id: string };

const Encoded = z.tuple([z.union([z.number().int(), z.string()]), z.string()]);

/** A position as an opaque string, as `encodePlace` makes it. */
export function encodeCursor({ createdAt, id }: Position, tenantId: string, list: string): string {
  return encodePlace({ key: createdAt.getTime(), id }, tenantId, list);
}

/** @throws AppError `invalid_request` for anything that encodeCursor did not make for this tenant and list. */
export function decodeCursor(cursor: string, tenantId: string, list: string): Position {
  const { key, id } = decodePlace(cursor, tenantId, list);
  return { createdAt: new Date(key), id };
}

/**
 * A place in a list as an opaque string, signed for one tenant and one list: no caller can make one up, or carry one
 * to another tenant.
 *
 * @public for features
 */
export function encodePlace({ key, id }: Place, tenantId: string, list: string): string {
  const payload = Buffer.from(JSON.stringify([key, id])).toString("base64url");
  const [signature] = signatures(payload, tenantId, list);
  return `${payload}.${signature?.toString("base64url")}`;
}

/**
 * @throws AppError `invalid_request` for anything that encodePlace did not make for this tenant and list.
 * @public for features
 */
export function decodePlace(cursor: string, tenantId: string, list: string): Place {
  const [payload = "", signature = ""] = cursor.split(".");
  const given = Buffer.from(signature, "base64url");
  const isOurs = signatures(payload, tenantId, list).some(
    (each) => given.length === each.length && timingSafeEqual(given, each),
  );
  if (!isOurs) {
    throw new AppError("invalid_request", {
      fields: [fieldError("cursor", "malformed", "is not a cursor of this list")],
    });
  }
  const [key, id] = Encoded.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  return { key, id };
}

/** By each secret of this process: the first is for making, and a cursor by the other is as good. */
function signatures(payload: string, tenantId: string, list: string): Buffer[] {
  const text = JSON.stringify([list, tenantId, payload]);
  return keysFor("sekisho cursors").map((key) =>
    createHmac("sha256", key).update(text).digest().subarray(0, 16),
  );
}
