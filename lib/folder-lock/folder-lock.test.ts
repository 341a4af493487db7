import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startChild, type TestChild } from "../../infra/local/testing/child";
import { FolderLockedError, lockFolder } from "./folder-lock";

let folder: string;
const children: TestChild[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sekisho-lock-"));
});
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()));
  rmSync(folder, { recursive: true, force: true });
});

async function startTaker(): Promise<TestChild> {
  const child = startChild("folder-taker.ts");
  children.push(child);
  expect(await child.nextLine(), child.errors()).toBe("ready");
  return child;
}

async function ask(child: TestChild, line: string): Promise<string | null> {
  child.send(line);
  return child.nextLine();
}

test("a second process is refused and told who holds the folder", async () => {
  const lock = lockFolder(folder);
  const second = await startTaker();
  expect(await ask(second, `take ${folder}`)).toBe(`refused ${process.pid}`);
  lock.release();
  expect(await ask(second, `take ${folder}`)).toBe("taken");
  expect(() => lockFolder(folder)).toThrow(FolderLockedError);
});

test("the refusal names the folder, the process and the way out", () => {
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(
    `${folder} is in use by process ${process.pid}. Stop it, or choose another folder with DATA_DIR.`,
  );
  lock.release();
});

test("the lock of a killed process is taken over", async () => {
  const holder = await startTaker();
  expect(await ask(holder, `take ${folder}`)).toBe("taken");
  await holder.kill();
  expect(existsSync(join(folder, "lock"))).toBe(true);
  lockFolder(folder).release();
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

test("a killed process that its parent has not reaped yet holds nothing", async () => {
  // The shell becomes `sleep`, which never asks after its children: the killed one stays a zombie, as it would under
  // a container's first process.
  const script = "infra/local/testing/folder-taker.ts";
  const parent = spawn(
    "sh",
    ["-c", `exec 3<&0; "$0" --import tsx ${script} <&3 & echo $!; exec sleep 60`, process.execPath],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const lines = createInterface({ input: parent.stdout })[Symbol.asyncIterator]();
  const pid = Number((await lines.next()).value);
  expect((await lines.next()).value).toBe("ready");
  parent.stdin.write(`take ${folder}\n`);
  expect((await lines.next()).value).toBe("taken");
  process.kill(pid, "SIGKILL");
  await untilZombie(pid);
  try {
    lockFolder(folder).release();
  } finally {
    parent.kill("SIGKILL");
    await once(parent, "exit");
  }
});

async function untilZombie(pid: number): Promise<void> {
  if (process.platform !== "linux") return;
  while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) await sleep(5);
}

test("a folder is made with those above it, and one that is there stays", () => {
  const deep = join(folder, "a", "b");
  lockFolder(deep).release();
  lockFolder(deep).release();
  expect(readdirSync(deep)).toEqual([]);
});

test.runIf(process.platform === "linux")("where nothing can be made, that is said at once", () => {
  for (const nowhere of ["/proc/nothing", "/proc/nothing/below", "/dev/null/x"]) {
    expect(() => lockFolder(nowhere), nowhere).toThrow(/mkdir/);
  }
});

test.runIf(process.platform === "linux")(
  "a process that was given the id of a dead holder is not mistaken for it",
  () => {
    writeFileSync(join(folder, "lock"), JSON.stringify({ pid: process.ppid, started: "1" }));
    lockFolder(folder).release();
  },
);

describe("a lock file that says nothing", () => {
  test.each(["", "{", "null", "[]", '"x"', '{"pid":0,"started":""}', '{"pid":"1","started":""}'])(
    "%j is taken over",
    (content) => {
      writeFileSync(join(folder, "lock"), content);
      lockFolder(folder).release();
    },
  );
});

test("releasing late does not take the folder from whoever has it by then", () => {
  const first = lockFolder(folder);
  first.release();
  const second = lockFolder(folder);
  writeFileSync(join(folder, "lock"), JSON.stringify({ pid: process.ppid, started: "another" }));
  second.release();
  expect(existsSync(join(folder, "lock"))).toBe(true);
});

test("a predecessor with the same process id, killed while it took the lock, does not lock the folder for good", () => {
  const remains = join(folder, `lock.${process.pid}`);
  writeFileSync(remains, JSON.stringify({ pid: process.pid, started: "1" }));
  linkSync(remains, join(folder, "lock"));
  lockFolder(folder).release();
});

test("a starter that was killed while it took over a stale lock does not stop the next one", () => {
  const dead = JSON.stringify({ pid: 999_999_999, started: "1" });
  writeFileSync(join(folder, "lock"), dead);
  writeFileSync(join(folder, "lock.takeover"), dead);
  lockFolder(folder).release();
  expect(readdirSync(folder)).toEqual([]);
});

test("of many processes that race for the lock of a dead one, exactly one wins, each time", async () => {
  const racers = await Promise.all(Array.from({ length: 6 }, startTaker));
  for (let round = 0; round < 60; round++) {
    writeFileSync(join(folder, "lock"), JSON.stringify({ pid: 999_999_999, started: "1" }));
    const at = Date.now() + 10;
    const answers = await Promise.all(racers.map((racer) => ask(racer, `take ${folder} at ${at}`)));
    expect(answers.filter((each) => each === "taken")).toHaveLength(1);
    expect(answers.filter((each) => each?.startsWith("refused"))).toHaveLength(racers.length - 1);
    await Promise.all(racers.map((racer) => ask(racer, "release")));
  }
});
