import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { layOut } from "../../infra/image/lay-out";
import { type Environment, untilAnswers } from "../../infra/local/application";
import { freePort } from "../../infra/local/ports";
import { type PostgresServer, startPostgres } from "../../infra/local/postgres";
import { Api, login } from "../support/api";
import { withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const MB = 1024 * 1024;
const reason = withoutPostgres();

test.skip(reason !== null, reason ?? "");

/** What the Dockerfile lays out: there is no Docker here to build it. */
let folder: string;
let postgres: PostgresServer;
test.beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), "sekisho-image-")), "app");
  const [started] = await Promise.all([startPostgres(), layOut(folder)]);
  if (!started) throw new Error("There is no PostgreSQL here.");
  postgres = started;
});
test.afterAll(async () => {
  await postgres?.destroy();
  rmSync(join(folder, ".."), { recursive: true, force: true });
});

/** Each file, with its size and when it was last written. */
function contents(): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return new Map(
    names.map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name));
      return [name, `${size} ${mtimeMs}`];
    }),
  );
}

/** Runs one of its programs with an environment that holds nothing else. */
function run(program: string, env: Environment) {
  return spawnSync(process.execPath, [program], {
    cwd: folder,
    env: { NODE_ENV: "production", ...env },
    encoding: "utf8",
  });
}

async function start(port: number, env: Environment): Promise<ChildProcess> {
  const args = ["infra/server/start.mjs", "--host", "127.0.0.1"];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { NODE_ENV: "production", ...env, PORT: String(port) },
    stdio: "ignore",
  });
  await untilAnswers(`http://127.0.0.1:${port}/api/health`, child);
  return child;
}

test("it is small, and holds neither PGlite nor what development needs", () => {
  const names = [...contents().keys()];
  const bytes = names.map((name) => statSync(join(folder, name))).filter((each) => each.isFile());
  expect(bytes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(80 * MB);
  expect(
    names.filter((name) =>
      /pglite(\/|$)|node_modules\/(typescript|esbuild|@playwright)\/|\.tsx?$|\.env/.test(name),
    ),
  ).toEqual([]);
});

test("it migrates an empty database, signs people in on it, and writes to no file of its own", async ({
  ground,
}) => {
  const database = await postgres.createDatabase();
  const before = contents();
  const migrated = run("migrate.mjs", { DATABASE_URL: database.ownerUrl });
  expect(migrated).toMatchObject({ status: 0, stderr: "" });
  const port = await freePort();
  const child = await start(port, { ...ground.environment(port), DATABASE_URL: database.appUrl });
  const url = `http://localhost:${port}`;
  const user = await newUser(ground, { tenant: newTenant() });
  const { access_token } = await login(url, user.email, user.password);
  expect((await new Api(url).bearer(access_token).get("/api/user/me")).status).toBe(200);
  for (const path of ["/signin", "/api/docs/swagger-ui.css"]) {
    expect((await fetch(url + path)).status).toBe(200);
  }
  expect(run("infra/server/probe.mjs", { PORT: String(port) }).status).toBe(0);
  child.kill("SIGTERM");
  await once(child, "exit");
  expect(contents()).toEqual(before);
});

test("without settings for it nothing of OpenTelemetry is loaded: it runs where there is none", async ({
  ground,
}) => {
  const database = await postgres.createDatabase();
  const isOfSdk = (name: string) =>
    name.endsWith(".js") &&
    readFileSync(join(folder, name), "utf8").includes("PeriodicExportingMetricReader");
  const chunks = [...contents().keys()].filter((name) => name.startsWith(".next/server/") && isOfSdk(name));
  const port = await freePort();
  const env = { ...ground.environment(port), DATABASE_URL: database.appUrl };
  const withIt = await start(port, { ...env, OTEL_METRICS_EXPORTER: "otlp" });
  withIt.kill("SIGTERM");
  await once(withIt, "exit");
  expect(chunks).not.toEqual([]);
  for (const name of chunks) rmSync(join(folder, name));
  const child = await start(port, env);
  child.kill("SIGTERM");
  await once(child, "exit");
  await expect(start(port, { ...env, OTEL_METRICS_EXPORTER: "otlp" })).rejects.toThrow();
});

test("its health check fails where nothing answers", async () => {
  expect(run("infra/server/probe.mjs", { PORT: String(await freePort()) }).status).toBe(1);
});
