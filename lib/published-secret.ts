import { createHash } from "node:crypto";

/** Words of which people paste a digest. */
const COMMON = (
  "secret password changeme change-me test example sample admin root demo default nextauth next-auth sekisho cognito " +
  "key token hello hello\\ world 123456 12345678 123456789 1234567890 qwerty letmein supersecret super-secret mysecret " +
  "my-secret dev development production foo foobar bar abc abc123 user login auth jwt 0 1 a secret123 password123"
)
  .split(/(?<!\\) /)
  .map((word) => word.replace("\\", ""));

/**
 * Secrets printed in tutorials, standards and their many copies, such as next-auth's documentation and RFC 7515: hashed
 * (SHA-256, 22 characters of base64url), so that nobody takes them from here.
 */
const PUBLISHED = new Set([
  "BlwtRNu2nya-VFL6nOezl1",
  "aGvdh7ComDI9lapF_KoJQz",
  "ixsXqXQMBorMq1w9DWUsjj",
  "wOX4em769an8kuiFS6MVxw",
  "EXcE447NAwG-o3qsjc8vYu",
  "MecUjrvLeI8F7N5sYAf_eH",
]);

/** Whether a secret looks like chance and is known all the same: it was printed somewhere, or is the digest of a word. */
export function isPublishedSecret(secret: string): boolean {
  if (PUBLISHED.has(digest("sha256", secret, "base64url").slice(0, 22))) return true;
  return digestsOfWords().has(secret.toLowerCase().replace(/=+$/, ""));
}

let digests: Set<string> | undefined;

function digestsOfWords(): Set<string> {
  digests ??= new Set(
    COMMON.flatMap((word) => [word, `${word}\n`]).flatMap((word) =>
      ["md5", "sha1", "sha256", "sha512"].flatMap((name) =>
        (["hex", "base64", "base64url"] as const).map((form) =>
          digest(name, word, form).toLowerCase().replace(/=+$/, ""),
        ),
      ),
    ),
  );
  return digests;
}

function digest(name: string, text: string, form: "hex" | "base64" | "base64url"): string {
  return createHash(name).update(text).digest(form);
}
