import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Seed, startCognito } from "./server";

/**
 * How long a start, a reset and an export take: `npx tsx infra/local-cognito/src/bench.ts`. Meant: 300 ms for a first
 * start, 50 ms for each one after it in a process.
 */
const seed = (users: number): Seed => ({
  UserPools: [
    {
      Id: "eu-west-1_Bench",
      PoolName: "bench",
      UsernameAttributes: ["email"],
      Clients: [{ ClientId: "web", ClientName: "web" }],
      Users: Array.from({ length: users }, (_, index) => ({
        Username: `user-${index}@acme.example`,
        // Beyond that as an export has them: each password takes milliseconds of a core.
        ...(users > 1_000 ? { PasswordHash: { hash: "x", salt: "x" } } : { Password: "Correct-horse-1" }),
      })),
    },
  ],
});

const rows: Record<string, string>[] = [];
for (const users of [10, 1_000, 10_000]) rows.push(await measure(users));
console.table(rows);

async function measure(users: number): Promise<Record<string, string>> {
  const chosen = seed(users);
  const first = await timed(() => start(chosen));
  await first.result.end();
  const starts: number[] = [];
  for (let round = 0; round < 10; round++) {
    const { ms, result } = await timed(() => start(chosen));
    starts.push(ms);
    await result.end();
  }
  const { result } = await timed(() => start(chosen));
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
  const reset = await timed(async () => (await fetch(`${result.url}/_local/reset`, post)).text());
  const exported = await timed(async () => (await fetch(`${result.url}/_local/export`)).text());
  await result.end();
  const median = starts.sort((a, b) => a - b)[5] ?? 0;
  const ms = (value: number) => `${Math.round(value)} ms`;
  return {
    users: String(users),
    "first start": ms(first.ms),
    "next starts": `${ms(median)} (at most ${ms(starts.at(-1) ?? 0)})`,
    reset: ms(reset.ms),
    export: ms(exported.ms),
    memory: `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`,
  };
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
