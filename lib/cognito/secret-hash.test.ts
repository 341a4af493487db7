import { afterEach, expect, test, vi } from "vitest";

const USERNAME = "4c2d6a1e-0000-4000-8000-000000000001";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function secretHashWith(secret: string): Promise<(username: string) => string | undefined> {
  // Other files of this process may have read the environment before.
  vi.resetModules();
  vi.stubEnv("COGNITO_APP_CLIENT_ID", "1example23456789");
  vi.stubEnv("COGNITO_APP_CLIENT_SECRET", secret);
  return (await import("./secret-hash")).secretHash;
}

test("is what AWS documents, as openssl computes it", async () => {
  const secretHash = await secretHashWith("9example87654321");
  // printf '%s' "$USERNAME$CLIENT_ID" | openssl dgst -sha256 -hmac "$CLIENT_SECRET" -binary | openssl base64
  expect(secretHash(USERNAME)).toBe("pKuiAE7RbaxYPScwDJH9X5RwO3ERp+vifo/gAJuWUww=");
  expect(secretHash("bob@acme.example")).toBe("DOjFTmJCZn7tIYvOWQN4NrnXZQtmbH56CDDmPkq4F5E=");
});

test("covers the username as UTF-8, and exactly as it was typed", async () => {
  const secretHash = await secretHashWith("9example87654321");
  expect(secretHash("関所")).toBe("U4/o4fLihlCQtcWNE5XDmOwqvHdMdLV7dg2kBvNoRo0=");
  expect(secretHash("Bob@acme.example")).not.toBe(secretHash("bob@acme.example"));
});

test("a client without a secret sends none", async () => {
  const secretHash = await secretHashWith("");
  expect(secretHash(USERNAME)).toBeUndefined();
});
