import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { type Seed, startCognito } from "./server";

/**
 * What it costs: `npx tsx infra/local-cognito/src/bench.ts`. Meant: 300 ms until the packed command is ready, 50 ms for each
 * `startCognito({ seed })` after the first one in a process.
 */
const POOL = "eu-west-1_Bench";
const CLIENT = "web";
const BOB = { name: "bob@acme.example", password: "Correct-horse-1" };
const SIGN_INS = 100;

const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
const mb = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

console.log("The packed command, in processes of its own");
console.table([await command()]);
console.log("startCognito, in this process");
const rows: Record<string, string>[] = [];
for (const users of [10, 1_000, 10_000]) rows.push(await measure(users));
console.table(rows);

/** How long the command takes until it is ready, and how large it is then: what people run who install it. */
async function command(): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "cognito-bench-"));
  try {
    const pack = fileURLToPath(new URL("../pack/pack.ts", import.meta.url));
    const file = execFileSync("npx", ["tsx", pack, folder], { encoding: "utf8" }).trim();
    execFileSync("tar", ["xzf", file, "-C", folder]);
    const program = join(folder, "package/dist/main.js");
    const times: number[] = [];
    let memory = 0;
    for (let round = 0; round < 7; round++) {
      const began = performance.now();
      const started = spawn(
        process.execPath,
        [program, "--port", "0", "--data-dir", join(folder, `${round}`)],
        {
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
      const ended = new Promise((resolve) => started.once("exit", resolve));
      for await (const line of createInterface(started.stdout))
        if (line.startsWith("Local Cognito at")) break;
      times.push(performance.now() - began);
      memory = residentBytes(started.pid);
      started.kill("SIGTERM");
      await ended;
    }
    const [quickest = 0] = [...times].sort((a, b) => a - b);
    return { ready: `${ms(median(times))} (at best ${ms(quickest)})`, memory: mb(memory) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Linux tells it; elsewhere it is not known. */
function residentBytes(pid = 0): number {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kilobytes) * 1_024;
  } catch {
    return Number.NaN;
  }
}

function seed(users: number): Seed {
  const others = Array.from({ length: users - 1 }, (_, index) => ({
    Username: `user-${index}@acme.example`,
    // Many as an export has them: each password takes milliseconds of a core.
    ...(users > 1_000 ? { PasswordHash: { hash: "x", salt: "x" } } : { Password: BOB.password }),
  }));
  const flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
  return {
    UserPools: [
      {
        Id: POOL,
        PoolName: "bench",
        UsernameAttributes: ["email"],
        Clients: [{ ClientId: CLIENT, ClientName: "web", ExplicitAuthFlows: flows }],
        Users: [{ Username: BOB.name, Password: BOB.password }, ...others],
      },
    ],
  };
}

async function measure(users: number): Promise<Record<string, string>> {
  const chosen = seed(users);
  const first = await timed(() => start(chosen));
  await first.result.end();
  const starts: number[] = [];
  for (let round = 0; round < 10; round++) {
    const { ms: took, result } = await timed(() => start(chosen));
    starts.push(took);
    await result.end();
  }
  const { result } = await timed(() => start(chosen));
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
  const reset = await timed(async () => (await fetch(`${result.url}/_local/reset`, post)).text());
  const exported = await timed(async () => (await fetch(`${result.url}/_local/export`)).text());
  const signIn = await signInTime(result.url);
  await result.end();
  return {
    users: String(users),
    "first start": ms(first.ms),
    "next starts": `${ms(median(starts))} (at most ${ms(starts.at(-1) ?? 0)})`,
    reset: ms(reset.ms),
    export: ms(exported.ms),
    "sign-in": ms(signIn),
    memory: mb(process.memoryUsage().rss),
  };
}

/** One after the other, the password's hash and two signatures included. */
async function signInTime(url: string): Promise<number> {
  const sdk = new CognitoIdentityProvider({ endpoint: url, region: "eu-west-1" });
  const AuthParameters = { USERNAME: BOB.name, PASSWORD: BOB.password };
  const signIn = () => sdk.initiateAuth({ ClientId: CLIENT, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
  await signIn();
  const { ms: took } = await timed(async () => {
    for (let count = 0; count < SIGN_INS; count++) await signIn();
  });
  sdk.destroy();
  return took / SIGN_INS;
}

async function start(chosen: Seed) {
  const folder = mkdtempSync(join(tmpdir(), "cognito-bench-"));
  const cognito = await startCognito({ dataDir: folder, seed: chosen });
  const end = async () => {
    await cognito.close();
    rmSync(folder, { recursive: true });
  };
  return { url: cognito.url, end };
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const began = performance.now();
  const result = await work();
  return { ms: performance.now() - began, result };
}
