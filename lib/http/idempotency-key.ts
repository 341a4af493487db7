import { AppError } from "../errors";
import { fieldError } from "../field-error";

/** Printable ASCII without spaces: what survives every proxy. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * The `Idempotency-Key` of a request (draft-ietf-httpapi-idempotency-key-header), or null.
 *
 * @throws AppError `invalid_request` for one that is empty, too long or not printable.
 */
export function idempotencyKey(request: Request): string | null {
  const key = request.headers.get("idempotency-key");
  if (key === null || KEY.test(key)) return key;
  const message = "must be 1 to 255 printable characters without spaces";
  throw new AppError("invalid_request", { fields: [fieldError("Idempotency-Key", "malformed", message)] });
}
