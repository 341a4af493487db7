import { createHash } from "node:crypto";

/** What is stored in place of a token, a code or a session. */
export function fingerprint(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
