import { currentRequest } from "../current-request";
import { AppError } from "../errors";
import { bodyTooLarge, LIMITS } from "./request-bounds";
import { requireWellFormed, utf8Of } from "./well-formed";

/**
 * The JSON body of a request, read no further than LIMITS has it.
 *
 * @throws AppError `unsupported_media_type`, `payload_too_large`, `malformed_json`, `invalid_request` for text that is
 *   not well-formed.
 */
export async function readJson(request: Request): Promise<unknown> {
  requireMediaType(request.headers, "application/json");
  const bytes = await readBytes(request);
  const value = parsed(bytes);
  requireWellFormed(value);
  return value;
}

/**
 * Requires a body of this media type, in UTF-8 (RFC 8259 section 8.1) and as it is: what is compressed would have to be
 * unpacked before its size is known.
 *
 * @throws AppError `unsupported_media_type`.
 */
export function requireMediaType(headers: Headers, expected: string): void {
  const [type = "", ...parameters] = (headers.get("content-type") ?? "").split(";");
  if (type.trim().toLowerCase() !== expected) throw new AppError("unsupported_media_type");
  const charsets = parameters.flatMap((each) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/i.exec(each)?.[1] ?? []);
  if (charsets.some((charset) => !/^utf-?8$/i.test(charset))) {
    throw new AppError("unsupported_media_type", { detail: "Send it in UTF-8." });
  }
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() ?? "";
  if (encoding !== "" && encoding !== "identity") {
    throw new AppError("unsupported_media_type", { detail: "Send it without a Content-Encoding." });
  }
}

/** The body of a request. @throws AppError `payload_too_large`. */
export async function readBytes(request: Request): Promise<Uint8Array> {
  const received = currentRequest()?.body?.();
  if (received) return received;
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The length that a client declares is only a hint; what counts is what arrives.
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > LIMITS.bodyBytes) throw bodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parsed(bytes: Uint8Array): unknown {
  const text = utf8Of(bytes);
  if (text === null) throw new AppError("malformed_json", { detail: "It is not UTF-8." });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("malformed_json", { cause: error });
  }
}
