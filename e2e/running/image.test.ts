import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { layOut } from "../../infra/image/lay-out";
import { type Environment, untilAnswers } from "../../infra/local/application";
import { freePort } from "../../infra/local/ports";
import { type PostgresServer, startPostgres } from "../../infra/local/postgres";
import { DEMO_PASSWORD } from "../../infra/local/provision";
import { Api, login } from "../support/api";
import { postToNextAuth } from "../support/browser-session";
import { composedServices, layOutImageOf } from "../support/compose";
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

test("compose.yaml starts Cognito, migrates, and signs demo users in: performed as processes, where there is no Docker", async () => {
  const above = join(folder, "..");
  const [dataDir, cognitoFolder] = [join(above, "data"), join(above, "cognito")];
  mkdirSync(dataDir);
  const [PORT, COGNITO_LOCAL_PORT] = [`${await freePort()}`, `${await freePort()}`];
  const services = composedServices({ PORT, COGNITO_LOCAL_PORT }, dataDir);
  const [node = "", ...args] = layOutImageOf("infra/image/cognito.Dockerfile", cognitoFolder);
  const { PATH } = process.env;
  const cognito = spawn(node, args, {
    cwd: cognitoFolder,
    env: { NODE_ENV: "production", PATH, ...services.cognito.environment },
    stdio: "ignore",
  });
  await untilAnswers(`http://127.0.0.1:${COGNITO_LOCAL_PORT}/_local/ready`, cognito);
  const [check = "", ...checked] = services.cognito.healthcheck?.test.slice(1) ?? [];
  const isHealthy = () =>
    spawnSync(check, checked, { env: { NODE_ENV: "production", PATH, ...services.cognito.environment } })
      .status;
  await expect.poll(isHealthy, { timeout: 30_000 }).toBe(0);

  // The server of the tests asks for passwords; the one there trusts its own machine.
  const owner = new Client({ connectionString: postgres.serverUrl() });
  await owner.connect();
  await owner.query(`CREATE DATABASE ${services.postgres.environment.POSTGRES_DB}`);
  const at = (url = "") => Object.assign(new URL(postgres.serverUrl()), { pathname: new URL(url).pathname });
  const migrated = run("migrate.mjs", {
    ...services.migrate.environment,
    DATABASE_URL: at(services.migrate.environment.DATABASE_URL).href,
  });
  expect(migrated).toMatchObject({ status: 0, stderr: "" });
  const { DATABASE_URL } = services.application.environment;
  const { username } = new URL(DATABASE_URL ?? "");
  await owner.query(`ALTER ROLE ${username} PASSWORD 'x'`);
  await owner.end();

  const [shell = "", ...script] = services.application.command;
  const asLogin = Object.assign(at(DATABASE_URL), { username, password: "x" });
  const application = spawn(shell, script, {
    cwd: folder,
    env: {
      NODE_ENV: "production",
      PATH,
      ...services.application.environment,
      DATABASE_URL: asLogin.href,
    },
    stdio: "ignore",
  });
  await untilAnswers(`http://127.0.0.1:${PORT}/api/health`, application);
  const url = `http://localhost:${PORT}`;
  const { access_token } = await login(url, "alice@acme.example", DEMO_PASSWORD);
  expect((await new Api(url).bearer(access_token).get("/api/user/tenant")).body).toMatchObject({
    tenant_id: "acme",
  });
  const toHostedPages = await postToNextAuth(url, "signin/cognito", new Map(), {});
  const { url: hosted }: { url: string } = await toHostedPages.json();
  expect((await fetch(hosted)).status).toBe(200);
  for (const child of [application, cognito]) {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  }
});

test("all in compose.yaml are of one machine, and reached from it alone", () => {
  const { cognito, ...others } = composedServices({}, "/data");
  for (const { ports, network_mode } of Object.values(others)) {
    expect([ports, network_mode]).toEqual([[], "service:cognito"]);
  }
  expect(cognito.ports).toEqual(["127.0.0.1:3000:3000", "127.0.0.1:9229:9229"]);
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
