import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { json } from "node:stream/consumers";
import { validate } from "dockerfile-utils";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../../local/ports";
import { Browser } from "../src/contract/browser";

/** Far from the repository, where nothing of it is found. */
const ground = mkdtempSync(join(tmpdir(), "local-cognito-tarball-"));
const home = join(ground, "somebody");
const bin = join(home, "node_modules/.bin/local-cognito");
let tarball = "";
const started: ChildProcess[] = [];

beforeAll(() => {
  const program = ["--import", "tsx", "infra/local-cognito/pack/pack.ts", ground];
  tarball = execFileSync(process.execPath, program, { encoding: "utf8" }).trim();
  mkdirSync(home);
  writeFileSync(join(home, "package.json"), '{"type":"module"}');
  // Without a registry: it needs nothing else.
  npm("install", "--offline", "--no-audit", "--no-fund", tarball);
});
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  }
});
afterAll(() => rmSync(ground, { recursive: true, force: true }));

const npm = (...args: string[]) => execFileSync("npm", args, { cwd: home, stdio: "pipe", encoding: "utf8" });

/** Starts a program and waits for its first line. */
async function start(
  command: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
) {
  const child = spawn(command, args, {
    cwd: options.cwd ?? home,
    env: { NODE_ENV: "production", PATH: process.env.PATH, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const { value: line = "" } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  expect(line, errors).toContain("Local Cognito at ");
  return { child, line, url: /https?:\/\/[\d.:]+/.exec(line)?.[0] ?? "" };
}

const SEED = `UserPools:
  - Id: eu-west-1_Packed
    PoolName: packed
    Clients: [{ ClientId: web, ClientName: Web, ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH] }]
    Users: [{ Username: bob, Password: Passw0rd!demo }]
`;

const providersSeed = (port: string) => `UserPools:
  - Id: eu-west-1_Packed
    PoolName: packed
    IdentityProviders:
      - ProviderName: Open
        ProviderType: OIDC
        ProviderDetails:
          { client_id: x, oidc_issuer: "http://127.0.0.1:${port}/_idp/acme", authorize_scopes: openid, attributes_request_method: GET }
      - ProviderName: Saml
        ProviderType: SAML
        ProviderDetails: { MetadataURL: "http://127.0.0.1:${port}/_idp/acme/metadata" }
    Clients:
      - ClientId: web
        ClientName: Web
        ClientSecret: a-secret-of-at-least-24-letters
        SupportedIdentityProviders: [Open, Saml]
        AllowedOAuthFlowsUserPoolClient: true
        AllowedOAuthFlows: [code]
        AllowedOAuthScopes: [openid]
        CallbackURLs: ["https://app.example/"]
`;

const call = (url: string, operation: string, body: object) =>
  fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(body),
  });

async function signIn(url: string): Promise<number> {
  const response = await call(url, "InitiateAuth", {
    ClientId: "web",
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: "bob", PASSWORD: "Passw0rd!demo" },
  });
  const { AuthenticationResult } = (await response.json()) as {
    AuthenticationResult?: { AccessToken: string };
  };
  return AuthenticationResult?.AccessToken.split(".").length ?? 0;
}

describe("the package as a file", () => {
  it("has nothing of the repository, and depends on nothing", () => {
    const manifest = JSON.parse(
      readFileSync(join(home, "node_modules/@sekisho/local-cognito/package.json"), "utf8"),
    );
    expect(manifest.dependencies).toBeUndefined();
    expect(npm("ls", "--all", "--parseable").trim().split("\n")).toHaveLength(2);
    const names = execFileSync("tar", ["tzf", tarball], { encoding: "utf8" });
    expect(names).not.toMatch(/\.test\.|\/src\//);
    expect(
      readFileSync(join(home, "node_modules/@sekisho/local-cognito/THIRD-PARTY-LICENSES"), "utf8"),
    ).toContain("zod ");
  });

  it("is a command that serves a seed with https, and ends when it is asked to", async () => {
    writeFileSync(join(home, "seed.yaml"), SEED);
    const { child, url } = await start(bin, ["--port", "0", "--seed", "seed.yaml", "--data-dir", "one"]);
    expect((await fetch(`${url}/_local/ready`)).status).toBe(200);
    expect(await signIn(url)).toBe(3);
    child.kill("SIGTERM");
    expect((await once(child, "exit"))[0]).toBe(0);
    const secured = await start(bin, ["--port", "0", "--tls-self-signed", "--data-dir", "two"]);
    expect(secured.url).toMatch(/^https:/);
  });

  it("signs people in at its mock identity provider, by either protocol", async () => {
    const port = String(await freePort());
    writeFileSync(join(home, "providers.yaml"), providersSeed(port));
    const options = ["--seed", "providers.yaml", "--mock-idp", "1", "--data-dir", "four"];
    const { url } = await start(bin, ["--port", port, ...options]);
    for (const provider of ["Open", "Saml"]) {
      const browser = new Browser(url);
      const query = { client_id: "web", redirect_uri: "https://app.example/", response_type: "code" };
      const address = `${url}/oauth2/authorize?${new URLSearchParams({ ...query, identity_provider: provider })}`;
      const { left } = await browser.submit(await browser.open(address), {});
      expect(left?.searchParams.has("code"), String(left)).toBe(true);
    }
  });

  it("hands a custom sender its code, encrypted", async () => {
    const sender = createServer().listen(0, "127.0.0.1");
    try {
      await once(sender, "listening");
      const { port } = sender.address() as AddressInfo;
      const arn = "arn:aws:lambda:eu-west-1:000000000000:function:mail";
      const folder = mkdtempSync(join(ground, "sender-"));
      writeFileSync(join(folder, "triggers.yaml"), `"${arn}": http://127.0.0.1:${port}/`);
      writeFileSync(
        join(folder, "seed.yaml"),
        `${SEED}    AutoVerifiedAttributes: [email]
    LambdaConfig:
      CustomEmailSender: { LambdaVersion: V1_0, LambdaArn: "${arn}" }
      KMSKeyID: arn:aws:kms:eu-west-1:000000000000:key/1
`,
      );
      const { url } = await start(
        bin,
        ["--port", "0", "--seed", "seed.yaml", "--triggers", "triggers.yaml"],
        {
          cwd: folder,
        },
      );
      const invoked = once(sender, "request") as Promise<[IncomingMessage, ServerResponse]>;
      const UserAttributes = [{ Name: "email", Value: "carol@acme.example" }];
      const body = { ClientId: "web", Username: "carol", Password: "Passw0rd!demo", UserAttributes };
      expect(await (await call(url, "SignUp", body)).json()).toMatchObject({ UserConfirmed: false });
      const [request, response] = await invoked;
      const { request: told } = (await json(request)) as { request: { code: string } };
      response.end("null");
      // A message of the AWS Encryption SDK: version 1, customer data, algorithm suite 0x0378.
      expect(Buffer.from(told.code, "base64").toString("hex", 0, 4)).toBe("01800378");
    } finally {
      sender.close();
    }
  });

  it("is what npx runs", () => {
    const { status, stderr } = spawnSync("npx", ["--offline", "local-cognito", "--region", "X"], {
      cwd: home,
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining("--region (COGNITO_LOCAL_REGION, region) must"),
    ]);
  });

  it("is started by a program, with types that refuse what is wrong", () => {
    const program = `import { startCognito, type RunningCognito, type Seed } from "@sekisho/local-cognito";
const seed: Seed = { UserPools: [{ PoolName: "a", Users: [{ Username: "bob", Password: "Passw0rd!demo" }] }] };
const cognito: RunningCognito = await startCognito({ dataDir: "three", seed });
// @ts-expect-error
const wrong: Seed = { UserPools: [{ Users: [{ Username: 5 }] }] };
// @ts-expect-error
const other: Parameters<typeof startCognito>[0] = { dataDir: "x", port: "y" };
console.log(cognito.url.startsWith("http://127.0.0.1:"), typeof wrong, typeof other);
await cognito.close();
`;
    writeFileSync(join(home, "program.ts"), program);
    const options = { strict: true, module: "nodenext", target: "es2023", types: ["node"], outDir: "built" };
    const compilerOptions = { ...options, typeRoots: [resolve("node_modules/@types")] };
    writeFileSync(join(home, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
    const tsc = spawnSync(process.execPath, [resolve("node_modules/typescript/bin/tsc"), "-p", home], {
      encoding: "utf8",
    });
    expect(tsc.stdout).toBe("");
    const run = spawnSync(process.execPath, [join(home, "built/program.js")], {
      cwd: home,
      encoding: "utf8",
    });
    expect([run.stdout, run.stderr]).toEqual(["true object object\n", ""]);
  });

  it("says what it lacks where it cannot read a module in TypeScript", () => {
    writeFileSync(join(home, "setup.ts"), "const port: number = 1; export default { port };");
    const ended = spawnSync(bin, ["--port", "0", "--setup", "nonesuch.js"], { cwd: home, encoding: "utf8" });
    expect([ended.status, ended.stderr]).toEqual([1, "There is no module nonesuch.js.\n"]);
    if ("typescript" in process.features && process.features.typescript) return;
    const { status, stderr } = spawnSync(bin, ["--port", "0", "--setup", "setup.ts"], {
      cwd: home,
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([
      1,
      "setup.ts is TypeScript: it needs Node 22.18, or tsx installed beside the local Cognito.\n",
    ]);
  });
});

describe("its Dockerfile", () => {
  const text = readFileSync(new URL("Dockerfile", import.meta.url), "utf8");
  /** `COPY dist ./dist` → ["COPY", "dist ./dist"] */
  const steps = text
    .split("\n")
    .filter((line) => /^[A-Z]+ /.test(line))
    .map((line) => [line.split(" ", 1)[0] ?? "", line.slice(line.indexOf(" ") + 1)] as const);
  const all = (name: string) => steps.filter(([step]) => step === name).map(([, rest]) => rest);

  it("has no fault that Docker's own linter finds, and starts it as another than root", () => {
    expect(validate(text)).toEqual([]);
    expect(all("USER")).toEqual(["node"]);
  });

  it("has steps that work: what is copied, made and started, and the health check says yes and no", async () => {
    const root = join(ground, "image");
    const unpacked = join(ground, "unpacked");
    const app = join(root, "app");
    for (const folder of [unpacked, app, join(root, "home/node")]) mkdirSync(folder, { recursive: true });
    execFileSync("tar", ["xzf", tarball, "-C", unpacked]);
    const inRoot = (path: string) => path.replaceAll("/home/node", join(root, "home/node"));
    for (const copy of all("COPY")) {
      const [from = "", to = ""] = copy.split(" ");
      cpSync(join(unpacked, "package", from), to.endsWith("/") ? join(app, to, from) : join(app, to), {
        recursive: true,
      });
    }
    for (const run of all("RUN")) execFileSync("sh", ["-c", inRoot(run)], { cwd: app });
    const port = String(await freePort());
    const env = Object.fromEntries(
      all("ENV").flatMap((line) =>
        inRoot(line)
          .split(" ")
          .map((pair) => pair.split("=")),
      ),
    );
    const command = (name: string) => JSON.parse(/\[.*\]/.exec(all(name)[0] ?? "")?.[0] ?? "[]") as string[];
    const check = () => {
      const [program = "", ...args] = command("HEALTHCHECK").map((word) => word.replace("9229", port));
      return spawnSync(program, args).status;
    };
    expect(check()).toBe(1);
    const [program = "", ...args] = command("CMD");
    const { child } = await start(program, args, { cwd: app, env: { ...env, COGNITO_LOCAL_PORT: port } });
    expect(check()).toBe(0);
    child.kill("SIGTERM");
    expect((await once(child, "exit"))[0]).toBe(0);
  });
});
