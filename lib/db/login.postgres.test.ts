import { setImmediate } from "node:timers/promises";
import { Signer } from "@aws-sdk/rds-signer";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type PostgresServer, startPostgres } from "../../infra/local/postgres";
import type { TestDatabase } from "../../infra/local/postgres-database";
import { type Authority, makeAuthority } from "../../infra/local/testing/certificates";
import { type SecretsServer, startSecretsServer } from "../../infra/local/testing/secrets-server";

let authority: Authority;
let stranger: Authority;
let server: PostgresServer;
let database: TestDatabase;
let admin: Client;
let secrets: SecretsServer;
let db: typeof import("./client");

beforeAll(async () => {
  [authority, stranger] = [makeAuthority(), makeAuthority()];
  const started = await startPostgres(authority.issue("IP:127.0.0.1"));
  if (!started) throw new Error("no PostgreSQL, although findPostgres found one");
  server = started;
  database = await server.createDatabase();
  secrets = await startSecretsServer();
  admin = new Client({ connectionString: server.serverUrl() });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await server.destroy();
  secrets.close();
  for (const each of [authority, stranger]) each.remove();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await db.closeDatabase();
  vi.unstubAllEnvs();
});

/** A process of its own with these settings. */
async function start(settings: Record<string, string>): Promise<void> {
  vi.resetModules();
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  db = await import("./client");
}
const appUrl = (change: (url: URL) => void = () => undefined) => {
  const url = new URL(database.appUrl);
  change(url);
  return url.href;
};
const withoutPassword = () =>
  appUrl((url) => {
    url.password = "";
  });
const login = () => new URL(database.appUrl).username;
const setPassword = (password: string) => admin.query(`ALTER ROLE "${login()}" PASSWORD '${password}'`);
const rows = async (query: string) =>
  ((await db.withDatabase((each) => each.execute(sql.raw(query)))) as unknown as { rows: unknown[] }).rows;
/** Whether the server sees this connection encrypted. */
async function isEncrypted(): Promise<boolean> {
  const [{ pid }] = (await rows("select pg_backend_pid() as pid")) as [{ pid: number }];
  const found = await admin.query("select ssl from pg_stat_ssl where pid = $1", [pid]);
  return found.rows[0].ssl;
}
const END_ALL = "select pg_terminate_backend(pid) from pg_stat_activity where usename = $1";
/** Ends every connection of the application: the next ones have to log in. */
const endConnections = async () => {
  await admin.query(END_ALL, [login()]);
  const isServed = () =>
    rows("select 1").then(
      () => true,
      () => false,
    );
  // vi.waitUntil would set a faked clock forward, and the token of this second would be one of the next.
  while (!(await isServed())) await setImmediate();
};
const checked = () => ({ DATABASE_TLS: "verify-full", DATABASE_CA_FILE: authority.caFile });

describe("a connection with DATABASE_TLS=verify-full", () => {
  test("is encrypted, to a server whose authority is in DATABASE_CA_FILE", async () => {
    await start({ DATABASE_URL: database.appUrl, ...checked() });
    expect(await isEncrypted()).toBe(true);
  });
  test("is so by sslmode and sslrootcert of the URL, too", async () => {
    const url = appUrl(({ searchParams }) => {
      searchParams.set("sslmode", "verify-full");
      searchParams.set("sslrootcert", authority.caFile);
    });
    await start({ DATABASE_URL: url });
    expect(await isEncrypted()).toBe(true);
  });
  test.each<[string, () => Record<string, string>, RegExp]>([
    [
      "whose authority nobody here knows",
      () => ({ DATABASE_TLS: "verify-full" }),
      /cannot be encrypted as it asks: .*certificate/,
    ],
    [
      "that another authority vouches for",
      () => ({ ...checked(), DATABASE_CA_FILE: stranger.caFile }),
      /cannot be encrypted as it asks: .*certificate/,
    ],
    [
      "that answers to another name than its certificate",
      () => ({
        ...checked(),
        DATABASE_URL: appUrl((url) => {
          url.hostname = "localhost";
        }),
      }),
      /cannot be encrypted as it asks: Hostname\/IP does not match certificate's altnames/,
    ],
  ])("is refused to a server %s, also where Node is told to check none", async (_, settings, why) => {
    await start({
      DATABASE_URL: database.appUrl,
      ...settings(),
      NODE_TLS_REJECT_UNAUTHORIZED: "0",
    });
    const opened = db.database();
    await expect(opened).rejects.toMatchObject({ name: "UnfitDatabaseError" });
    await expect(opened).rejects.toThrow(why);
  });
  test("names a file of authorities that is not there", async () => {
    await start({ DATABASE_URL: database.appUrl, ...checked(), DATABASE_CA_FILE: "/no/such.pem" });
    await expect(db.database()).rejects.toThrow(
      /DATABASE_CA_FILE or DATABASE_URL names a file .*no\/such\.pem/,
    );
  });
  test("carries the notices of other instances, too", async () => {
    await start({ DATABASE_URL: database.appUrl, ...checked() });
    await db.listen(
      "a_channel",
      () => undefined,
      () => undefined,
    );
    const listening =
      "application_name = 'sekisho-listen' and pid in (select pid from pg_stat_ssl where ssl)";
    const { rows: found } = await admin.query(`select from pg_stat_activity where ${listening}`);
    expect(found).toHaveLength(1);
  });
  test("brings what is asked from there as the application's name, and no more connections than it may have", async () => {
    const names = { DATABASE_APPLICATION_NAME: "acme-web", DATABASE_POOL_SIZE: "2" };
    await start({ DATABASE_URL: database.appUrl, ...checked(), ...names });
    await Promise.all(Array.from({ length: 6 }, () => rows("select pg_sleep(0.05)")));
    const { rows: found } = await admin.query(
      "select from pg_stat_activity where application_name = 'acme-web'",
    );
    expect(found).toHaveLength(2);
  });
});

test("a connection with DATABASE_TLS=disable is in plain text", async () => {
  await start({ DATABASE_URL: database.appUrl, DATABASE_TLS: "disable" });
  expect(await isEncrypted()).toBe(false);
});

describe("with DATABASE_AUTH=iam", () => {
  /** RDS takes a token for fifteen minutes; here the token of this second is the password. */
  async function letIn(): Promise<void> {
    const { port } = new URL(database.appUrl);
    const signer = { hostname: "127.0.0.1", port: Number(port), username: login(), region: "eu-west-1" };
    const token = await new Signer(signer).getAuthToken();
    expect(token).toContain(`127.0.0.1:${port}/?Action=connect&DBUser=${login()}`);
    await setPassword(token);
  }

  test("each connection logs in with a token that is signed for it then", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    await letIn();
    const iam = { DATABASE_AUTH: "iam", AWS_REGION: "eu-west-1" };
    await start({ DATABASE_URL: withoutPassword(), ...checked(), ...iam });
    vi.stubEnv("COGNITO_USER_POOL_ID", "eu-west-1_Test00001");
    expect(await isEncrypted()).toBe(true);

    vi.setSystemTime(Date.now() + 60 * 60_000);
    await letIn();
    await endConnections();
    expect(await isEncrypted()).toBe(true);
  });
});

describe("with DATABASE_PASSWORD_SECRET", () => {
  const NAME = "prod/sekisho-db";
  const stored = (password: string) => JSON.stringify({ username: login(), password });
  const withSecret = () =>
    start({
      DATABASE_URL: withoutPassword(),
      DATABASE_PASSWORD_SECRET: NAME,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    });
  const rotate = async (password: string) => {
    await setPassword(password);
    secrets.secrets.set(NAME, stored(password));
  };

  test("the password is fetched once, and once more when it was rotated: no request fails of it", async () => {
    await rotate("first-canary");
    const before = secrets.asked();
    await withSecret();
    await Promise.all(Array.from({ length: 10 }, () => rows("select pg_sleep(0.05)")));
    expect(secrets.asked()).toBe(before + 1);

    await rotate("second-canary");
    // Later, and not at a standstill: who was refused before the password was fetched anew is told so by the clock.
    const now = performance.now.bind(performance);
    vi.spyOn(performance, "now").mockImplementation(() => now() + 5_000);
    await admin.query(END_ALL, [login()]);
    const answers = await Promise.allSettled(Array.from({ length: 30 }, () => rows("select 1")));
    for (const answer of answers) {
      // A query may have been on a connection that was ended just then.
      if (answer.status === "rejected") expect(answer.reason.cause.name).not.toBe("UnfitDatabaseError");
    }
    await rows("select 1");
    expect(secrets.asked()).toBe(before + 2);
  });

  test("the password may be all that the secret holds", async () => {
    await setPassword("plain-canary");
    secrets.secrets.set(NAME, "plain-canary");
    await withSecret();
    await rows("select 1");
  });

  test("between the server's change and the secret's requests answer 503, and the secret is not asked with each", async () => {
    await rotate("old-canary");
    await withSecret();
    await rows("select 1");
    await setPassword("new-canary");
    await admin.query(END_ALL, [login()]);
    const before = secrets.asked();
    const answers = await Promise.allSettled(Array.from({ length: 30 }, () => rows("select 1")));
    for (const answer of answers) {
      expect(answer).toMatchObject({
        status: "rejected",
        reason: { code: "database_unavailable", status: 503 },
      });
    }
    expect(secrets.asked()).toBeLessThanOrEqual(before + 2);
    secrets.secrets.set(NAME, stored("new-canary"));
    await vi.waitUntil(
      () =>
        rows("select 1").then(
          () => true,
          () => false,
        ),
      { timeout: 5_000 },
    );
  });

  test.each<[string, () => void, RegExp]>([
    [
      "that there is not",
      () => secrets.secrets.clear(),
      /DATABASE_PASSWORD_SECRET cannot be read: ResourceNotFound/,
    ],
    [
      "of another login",
      () => secrets.secrets.set(NAME, JSON.stringify({ username: "root", password: "canary" })),
      /holds the password of another login/,
    ],
    ["that is empty", () => secrets.secrets.set(NAME, ""), /holds no password/],
  ])("a secret %s ends the start with a sentence", async (_, spoil, why) => {
    spoil();
    await withSecret();
    const error: Error = await db.database().then(
      () => new Error("opened"),
      (each) => each,
    );
    expect(error).toMatchObject({ name: "UnfitDatabaseError" });
    expect(error.message).toMatch(why);
    expect(error.message).not.toContain("canary");
  });

  test("where Secrets Manager is away, so is the database: 503 until it is back", async () => {
    await rotate("away-canary");
    await start({
      DATABASE_URL: withoutPassword(),
      DATABASE_PASSWORD_SECRET: NAME,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://127.0.0.1:1",
    });
    await expect(db.database()).rejects.toMatchObject({ code: "database_unavailable", status: 503 });
    vi.stubEnv("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.url);
    await db.database();
  });
});
