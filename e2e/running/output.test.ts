import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { serverCommand, untilAnswers } from "../../infra/local/application";
import { freePort } from "../../infra/local/ports";
import { giveMigratedPglite } from "../../infra/local/testing/migrated-pglite";
import { expect, test } from "../support/test";

test("an application whose output nobody can read any more stops, and says so by its exit code", async ({
  ground,
}) => {
  const { process: child, url } = await ground.startApplication();
  const ended = once(child, "exit");
  child.stdout?.destroy();
  child.stderr?.destroy();
  // What it answers is put in the log, and that fails; so may the line of the answer before, and it is gone already.
  const outcome = await fetch(`${url}/api/health`).then(
    ({ status }) => status,
    ({ cause }) => cause.code,
  );
  expect([200, "ECONNREFUSED", "ECONNRESET", "UND_ERR_SOCKET"]).toContain(outcome);
  expect(await ended).toEqual([1, null]);
});

test("an application whose log is on a full disk goes on without it", async ({ ground }) => {
  const port = await freePort();
  const DATA_DIR = join(ground.dataDir, "full-disk");
  await giveMigratedPglite(DATA_DIR);
  const full = openSync("/dev/full", "w");
  const child = spawn(process.execPath, serverCommand("start", port), {
    env: { ...process.env, ...ground.environment(port), DATA_DIR, DATABASE_URL: undefined },
    stdio: ["ignore", full, full],
  });
  closeSync(full);
  const ended = once(child, "exit");
  try {
    await untilAnswers(`http://127.0.0.1:${port}/api/health`, child);
    for (let tries = 0; tries < 20; tries++) {
      expect((await fetch(`http://127.0.0.1:${port}/api/user/me`)).status).toBe(401);
    }
  } finally {
    child.kill("SIGTERM");
  }
  expect(await ended).toEqual([0, null]);
});
