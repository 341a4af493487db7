import { AppError } from "../errors";

export const MAX_BODY_BYTES = 64 * 1024;

/**
 * The JSON body of a request, read no further than MAX_BODY_BYTES.
 *
 * @throws AppError `unsupported_media_type`, `payload_too_large`, `malformed_json`.
 */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new AppError("unsupported_media_type");
  const text = await readText(request);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("malformed_json", { cause: error });
  }
}

async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The length that a client declares is only a hint; what counts is what arrives.
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new AppError("payload_too_large", { detail: "The limit is 64 KB." });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
