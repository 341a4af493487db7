import { AppError } from "../errors";

/** The version that a write expects (`If-Match`, RFC 9110 section 13.1.1), or null when any will do. */
export function expectedVersion(request: Request): number | null {
  const header = request.headers.get("if-match");
  if (header === null || header === "*") return null;
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined)
    throw new AppError("precondition_failed", { detail: "Send the ETag as it came." });
  return Number(version);
}

/** A JSON answer that carries its version as ETag. */
export function versioned(body: { version: number }, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  headers.set("ETag", `"${body.version}"`);
  return Response.json(body, { ...init, headers });
}
