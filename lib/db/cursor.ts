import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { env } from "../env";
import { AppError } from "../errors";

/** The last row of a page, in the order `(created_at, id)`. */
export type Position = { createdAt: Date; id: string };

const Encoded = z.tuple([z.number().int(), z.uuid()]);

/**
 * A position as an opaque string, signed for one tenant and one list: no caller can make one up, or carry one
 * to another tenant.
 */
export function encodeCursor({ createdAt, id }: Position, tenantId: string, list: string): string {
  const payload = Buffer.from(JSON.stringify([createdAt.getTime(), id])).toString("base64url");
  return `${payload}.${sign(payload, tenantId, list).toString("base64url")}`;
}

/** @throws AppError `invalid_request` for anything that encodeCursor did not make for this tenant and list. */
export function decodeCursor(cursor: string, tenantId: string, list: string): Position {
  const [payload = "", signature = ""] = cursor.split(".");
  const given = Buffer.from(signature, "base64url");
  const expected = sign(payload, tenantId, list);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new AppError("invalid_request", {
      fields: [{ field: "cursor", message: "is not a cursor of this list" }],
    });
  }
  const [time, id] = Encoded.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  return { createdAt: new Date(time), id };
}

function sign(payload: string, tenantId: string, list: string): Buffer {
  return createHmac("sha256", env().NEXTAUTH_SECRET)
    .update(JSON.stringify(["cursor", list, tenantId, payload]))
    .digest()
    .subarray(0, 16);
}
