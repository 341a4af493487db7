import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { AppError } from "../errors";
import { fieldError } from "../field-error";
import { keysFor } from "../secret-keys";

/** The last row of a page, in the order `(created_at, id)`. An id is a UUID, and a tenant's is a word. */
export type Position = { createdAt: Date; id: string };

const Encoded = z.tuple([z.number().int(), z.string()]);

/**
 * A position as an opaque string, signed for one tenant and one list: no caller can make one up, or carry one
 * to another tenant.
 */
export function encodeCursor({ createdAt, id }: Position, tenantId: string, list: string): string {
  const payload = Buffer.from(JSON.stringify([createdAt.getTime(), id])).toString("base64url");
  const [signature] = signatures(payload, tenantId, list);
  return `${payload}.${signature?.toString("base64url")}`;
}

/** @throws AppError `invalid_request` for anything that encodeCursor did not make for this tenant and list. */
export function decodeCursor(cursor: string, tenantId: string, list: string): Position {
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
  const [time, id] = Encoded.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  return { createdAt: new Date(time), id };
}

/** By each secret of this process: the first is for making, and a cursor by the other is as good. */
function signatures(payload: string, tenantId: string, list: string): Buffer[] {
  const text = JSON.stringify([list, tenantId, payload]);
  return keysFor("sekisho cursors").map((key) =>
    createHmac("sha256", key).update(text).digest().subarray(0, 16),
  );
}
