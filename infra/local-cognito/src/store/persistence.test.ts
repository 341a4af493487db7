import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newBench } from "../contract/bench";
import { createPool, createUser, PASSWORD, refresh, signIn, tokensOf } from "../contract/pool";
import { notAuthorized } from "../contract/refusal";
import type { User } from "../model/user";
import { type RunningCognito, startCognito } from "../server";
import { localClient } from "../testing/cognito";
import { hashPassword } from "./password-hash";
import { put, Store } from "./store";

let dataDir: string;
let running: RunningCognito | undefined;
let now: number;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "cognito-"));
  now = Date.now();
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

const stateFile = () => join(dataDir, "state.jsonl");
async function start() {
  running = await startCognito({ port: 0, dataDir, now: () => now });
  return { sdk: localClient(running.url), url: running.url };
}
async function stop() {
  await running?.close();
  running = undefined;
}

describe("a restart", () => {
  it("keeps pools, clients, keys, users, sign-ins and open challenges; the issuer follows the port", async () => {
    const keysAt = async (url: string) => await (await fetch(`${url}/${pool}/.well-known/jwks.json`)).json();
    const first = await start();
    const { pool, client, newUser, signedIn } = await newBench(first);
    const [bob, gone] = [await signedIn(), await signedIn()];
    const dave = await newUser({ temporary: true });
    await first.sdk.adminUserGlobalSignOut({ UserPoolId: pool, Username: gone.email });
    const keys = await keysAt(first.url);
    await stop();

    const again = await start();
    expect(await keysAt(again.url)).toEqual(keys);
    const known = await again.sdk.getUser({ AccessToken: bob.AccessToken });
    expect(known.Username).toBe(bob.access.sub);
    const { access } = tokensOf(await refresh(again, client.id, bob.RefreshToken));
    expect(access).toMatchObject({ iss: `${again.url}/${pool}`, origin_jti: bob.access.origin_jti });
    const refused = refresh(again, client.id, gone.RefreshToken);
    await notAuthorized(refused, "Refresh Token has been revoked");
    expect((await signIn(again, pool, client.id, dave.email)).ChallengeName).toBeTruthy();
  });

  it("cuts off a line that was torn by the death of its writer, and goes on writing after it", async () => {
    const first = await start();
    const pool = await createPool(first);
    await createUser(first, pool, { email: "before@acme.example" });
    await stop();
    appendFileSync(stateFile(), '[["users","half-of-a-lin');
    const second = await start();
    await createUser(second, pool, { email: "after@acme.example" });
    await stop();
    const { sdk } = await start();
    for (const Username of ["before@acme.example", "after@acme.example"]) {
      await sdk.adminGetUser({ UserPoolId: pool, Username });
    }
  });

  it("does not guess about a file that is damaged in its middle", async () => {
    const { sdk } = await start();
    await createPool({ sdk });
    await createPool({ sdk });
    await stop();
    const lines = readFileSync(stateFile(), "utf8").split("\n");
    writeFileSync(stateFile(), ["garbage", ...lines.slice(1)].join("\n"));
    await expect(start()).rejects.toThrow(/is damaged at line 1\.$/);
  });
});

describe("kill -9", () => {
  const serverFile = fileURLToPath(new URL("../testing/server.ts", import.meta.url));
  async function spawnServer(): Promise<{ child: ChildProcess; url: string }> {
    const child = spawn(process.execPath, ["--import", "tsx", serverFile, dataDir], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [chunk] = await once(child.stdout ?? child, "data");
    return { child, url: String(chunk).trim() };
  }

  // Starts three processes one after another, which a busy machine takes its time for.
  it("loses nothing that was acknowledged, while writes are under way", { timeout: 300_000 }, async () => {
    const { sdk } = await start();
    const pool = await createPool({ sdk });
    const emails = Array.from({ length: 4 }, (_, index) => `user-${index}@acme.example`);
    for (const email of emails) await createUser({ sdk }, pool, { email });
    await stop();
    const acknowledged = new Map(emails.map((email) => [email, 0]));
    for (let round = 0; round < 3; round++) {
      const { child, url } = await spawnServer();
      const ended = once(child, "exit");
      const writer = localClient(url);
      const writers = emails.map(async (email) => {
        for (let count = (acknowledged.get(email) ?? 0) + 1; ; count++) {
          await writer.adminUpdateUserAttributes({
            UserPoolId: pool,
            Username: email,
            UserAttributes: [{ Name: "nickname", Value: String(count) }],
          });
          acknowledged.set(email, count);
          if (count > 25 * (round + 1) && email === emails[0]) child.kill("SIGKILL");
        }
      });
      await Promise.allSettled(writers);
      // Connections end before the process has.
      await ended;
      writer.destroy();
    }
    // In this process: the lock of the dead one is taken over.
    const after = await start();
    for (const [Username, count] of acknowledged) {
      const user = await after.sdk.adminGetUser({ UserPoolId: pool, Username });
      const stored = Number(user.UserAttributes?.find(({ Name }) => Name === "nickname")?.Value);
      expect(count).toBeGreaterThan(0);
      // One more may have been written whose answer was not received.
      expect(stored === count || stored === count + 1).toBe(true);
    }
  });
});

describe("one folder, one port, one process", () => {
  it("refuses a second server on the folder and leaves the first unharmed", async () => {
    const { url } = await start();
    await expect(startCognito({ port: 0, dataDir })).rejects.toThrow(/is in use by process/);
    expect((await fetch(`${url}/_local/messages`)).status).toBe(200);
  });

  it("says that a port is taken, on either address, and gives the folder back", async () => {
    for (const host of ["127.0.0.1", "::1"]) {
      const other = createServer().listen(0, host);
      const free = await Promise.race([
        once(other, "listening").then(() => true),
        once(other, "error").then(() => false),
      ]).catch(() => false);
      // A machine without IPv6 has only one address to be taken.
      if (!free) continue;
      const { port } = other.address() as { port: number };
      await expect(startCognito({ port, dataDir })).rejects.toThrow(`Port ${port} is in use`);
      other.close();
    }
    await start();
  });
});

describe("size", () => {
  it("stays flat over sign-ins that have expired, in memory and in the file", async () => {
    const hour = { RefreshTokenValidity: 1, TokenValidityUnits: { RefreshToken: "hours" as const } };
    const { newUser, enter } = await newBench(await start(), hour);
    const { email } = await newUser();
    for (let day = 0; day < 3; day++) {
      for (let count = 0; count < 10; count++) await enter(email);
      now += 3 * 86_400_000;
    }
    await enter(email);
    await stop();
    const store = new Store(dataDir, () => now);
    expect(store.tables.grants.size).toBe(1);
    store.close();
  });

  it("is bounded: a file of many changes to few records is rewritten", () => {
    const store = new Store(dataDir, () => now);
    const group = { poolId: "p", name: "g", createdAt: now, modifiedAt: now };
    let largest = 0;
    for (let count = 0; count < 5_000; count++) {
      store.commit([put("groups", { ...group, description: "x".repeat(100), modifiedAt: count })]);
      largest = Math.max(largest, statSync(stateFile()).size);
    }
    store.close();
    expect(largest).toBeLessThan(600_000);
    const again = new Store(dataDir, () => now);
    expect(again.tables.groups.get("p/g")?.modifiedAt).toBe(4_999);
    again.close();
  });

  it("does not slow a sign-in: 10,000 users cost no more than one", async () => {
    const { pool, client, newUser, enter } = await newBench(await start());
    const { email } = await newUser();
    const empty = await leastOf(() => enter(email));
    await stop();
    await addUsers(pool, 10_000);
    const after = await start();
    expect(await leastOf(() => signIn(after, pool, client.id, email))).toBeLessThan(2 * empty);
  });

  /** Time of the processor: what else the machine does does not count. */
  async function leastOf(work: () => Promise<unknown>) {
    const times: number[] = [];
    for (let round = 0; round < 15; round++) {
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      times.push(user + system);
    }
    return Math.min(...times);
  }

  async function addUsers(poolId: string, count: number) {
    const store = new Store(dataDir, () => now);
    const password = await hashPassword(PASSWORD, { poolId, username: "crowd" });
    for (let index = 0; index < count; index++) {
      const username = `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
      const email = `crowd-${index}@acme.example`;
      const user: User = {
        poolId,
        username,
        attributes: { sub: username, email },
        names: [username, email],
        groups: [],
        status: "CONFIRMED",
        enabled: true,
        password,
        createdAt: now,
        modifiedAt: now,
      };
      store.commit([put("users", user)]);
    }
    store.close();
  }
});
