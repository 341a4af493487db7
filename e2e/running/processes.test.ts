import { join } from "node:path";
import { freePort } from "../../infra/local/ports";
import { killApplication } from "../../infra/local/stack";
import { Api, login } from "../support/api";
import { runApplicationToEnd, runProgram } from "../support/ended-process";
import { clientsOnRecord, signInAs, signInUntil } from "../support/sign-ins-on-record";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

test("a second application on the same data folder refuses in one line, and the first goes on", async ({
  ground,
}) => {
  const onPglite = { DATABASE_URL: undefined, DATA_DIR: join(ground.dataDir, "shared") };
  const first = await ground.startApplication(onPglite);
  const port = await freePort();
  const second = await runApplicationToEnd(port, {
    ...ground.environment(port),
    ...onPglite,
  });
  expect(second.code).toBe(1);
  expect(second.errors).toEqual([
    `Sekisho does not start. ${join(onPglite.DATA_DIR, "db")} is in use by process ${first.process.pid}. ` +
      "Stop it, or choose another folder with DATA_DIR.",
  ]);
  expect((await new Api(first.url).get("/api/health")).status).toBe(200);
  await killApplication(first);
});

test("a second local Cognito on the same data folder refuses in one line, and the first goes on", async ({
  ground,
}) => {
  const COGNITO_LOCAL_PORT = String(await freePort());
  const second = await runProgram("node_modules/.bin/local-cognito", [], {
    COGNITO_LOCAL_PORT,
    DATA_DIR: ground.dataDir,
  });
  expect(second.code).toBe(1);
  expect(second.errors).toEqual([
    expect.stringContaining(`${join(ground.dataDir, "cognito")} is in use by process ${process.pid}.`),
  ]);
  expect((await fetch(ground.pool.COGNITO_JWKS_URL)).status).toBe(200);
});

test("a second npm run dev says in one line what is taken: the port, Cognito's port, the folder", async ({
  stack,
}) => {
  // One for each: whoever looks whether a port is taken has it for a moment, and they all look at once.
  const free = async () => String(await freePort());
  const takenPort = new URL(stack.application.url).port;
  const fresh = join(stack.dataDir, "dev");
  const taken = [
    [
      { PORT: takenPort, COGNITO_LOCAL_PORT: await free(), DATA_DIR: fresh },
      `Port ${takenPort} is in use.`,
      "PORT",
    ],
    [
      { PORT: await free(), COGNITO_LOCAL_PORT: String(stack.cognito.port), DATA_DIR: fresh },
      `Port ${stack.cognito.port} is in use.`,
      "COGNITO_LOCAL_PORT",
    ],
    [
      { PORT: await free(), COGNITO_LOCAL_PORT: await free(), DATA_DIR: stack.dataDir },
      `${join(stack.dataDir, "cognito")} is in use by process ${process.pid}.`,
      "DATA_DIR",
    ],
    [{ PORT: "http", COGNITO_LOCAL_PORT: await free(), DATA_DIR: fresh }, "PORT must be a port", "PORT"],
  ] as const;
  const ends = await Promise.all(
    taken.map(([environment]) => runProgram("infra/local/dev.ts", [], environment)),
  );
  for (const [index, [, fault, remedy]] of taken.entries()) {
    expect(ends[index]).toMatchObject({ code: 1, errors: [expect.stringContaining(fault)] });
    expect(ends[index]?.errors[0]).toContain(remedy);
  }
});

test("an application whose port is taken ends with an error that names the port", async ({ stack }) => {
  const { port } = new URL(stack.application.url);
  const environment = { ...stack.environment(Number(port)), DATA_DIR: join(stack.dataDir, "port") };
  const ended = await runApplicationToEnd(Number(port), environment);
  expect(ended.code).not.toBe(0);
  expect(ended.errors.join("\n")).toContain(`address already in use 127.0.0.1:${port}`);
});

test("a wrong environment is refused at the start with every fault at once, and no value in it", async ({
  ground,
}) => {
  const port = await freePort();
  const wrong = {
    COGNITO_USER_POOL_ID: "",
    COGNITO_APP_CLIENT_ID: "not an id",
    COGNITO_ENDPOINT: "https://cognito.evil.example",
    COGNITO_ISSUER: "https://issuer.evil.example",
    NEXTAUTH_URL: "http://plain.example",
    NEXTAUTH_SECRET: "canary-short-secret",
    DATABASE_URL: "mysql://canary:secret@localhost/x",
    TENANT_MODE: "guess",
    COGNITO_PREFERRED_TOKEN_USE: "refresh",
  };
  const ended = await runApplicationToEnd(port, {
    ...ground.environment(port),
    ...wrong,
    DATA_DIR: join(ground.dataDir, "wrong"),
  });
  expect(ended.code).toBe(1);
  expect(ended.errors[0]).toBe("Sekisho does not start. The environment is not valid:");
  for (const name of Object.keys(wrong)) {
    expect(
      ended.errors.filter((line) => line.trim().startsWith(`${name}`)),
      name,
    ).not.toEqual([]);
  }
  expect(ended.output).not.toMatch(/canary|evil/);
});

test("a secret that was printed somewhere and an unsafe choice of names are refused at the start", async ({
  ground,
}) => {
  const port = await freePort();
  const environment = { ...ground.environment(port), DATA_DIR: join(ground.dataDir, "unsafe") };
  const unsafe = {
    AWS_REGION: "eu-west-1",
    NEXTAUTH_URL: "https://sekisho.example",
    NEXTAUTH_SECRET: "0123456789abcdef0123456789abcdef",
    TENANT_HEADER: "Cookie",
    COGNITO_TENANT_CLAIM: "email",
    TRUSTED_PROXY_HOPS: "",
  };
  const published = { NEXTAUTH_SECRET: "LlKq6ZtYbr+hTC073mAmAh9/h2HwMfsFo4hrfCx5mLg=" };
  const [refused, known] = await Promise.all([
    runApplicationToEnd(port, { ...environment, ...unsafe }),
    runApplicationToEnd(port, { ...environment, ...published }),
  ]);
  expect(refused.code).toBe(1);
  const [said, ...faults] = refused.errors;
  expect(said).toBe("Sekisho does not start. The environment is not valid:");
  expect(faults.map((line) => line.trim().split(/[: ]/)[0]).sort()).toEqual([
    "COGNITO_TENANT_CLAIM",
    "COGNITO_USER_POOL_ID",
    "NEXTAUTH_SECRET",
    "TENANT_HEADER",
    "TRUSTED_PROXY_HOPS",
  ]);
  expect(known.code).toBe(1);
  expect(known.errors).toEqual([
    "Sekisho does not start. The environment is not valid:",
    "  NEXTAUTH_SECRET: can be guessed: openssl rand -base64 33",
  ]);
});

test("kill -9 in the middle of writing loses nothing that was acknowledged", async ({ ground }) => {
  test.slow();
  const user = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
  const environment = { DATABASE_URL: undefined, DATA_DIR: join(ground.dataDir, "killed") };
  const start = async () => {
    const application = await ground.startApplication(environment);
    const { access_token } = await login(application.url, user.email, user.password);
    return { application, api: new Api(application.url).bearer(access_token) };
  };
  const acknowledged: string[] = [];
  for (const kills of [1, 60]) {
    const { application, api } = await start();
    expect(await clientsOnRecord(api)).toEqual(expect.arrayContaining(acknowledged));
    const attempt = (client: string) => signInAs(client, application.url, user);
    await signInUntil(attempt, acknowledged, acknowledged.length + kills, () => killApplication(application));
  }
  const { application, api } = await start();
  const kept = await clientsOnRecord(api);
  expect(acknowledged.length).toBeGreaterThanOrEqual(1 + 60);
  expect(kept).toEqual(expect.arrayContaining(acknowledged));
  // At the most what each round's writers had under way when they were cut off.
  expect(kept.length).toBeLessThanOrEqual(acknowledged.length + 2 * 4);
  await killApplication(application);
});
