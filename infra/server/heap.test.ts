import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { heapFlags } from "./heap.mjs";

const MB = 1024 * 1024;
const MACHINE = 16_384 * MB;

test.each([
  [4_096, 2_662, 64],
  [2_048, 1_331, 64],
  [1_024, 665, 32],
  [512, 332, undefined],
  [384, 224, undefined],
  // Whoever gives less than this is told by the kernel.
  [256, 128, undefined],
])("in a container of %d MB the heap may have %d, and what is new in it %s", (limit, heap, young) => {
  const ofYoung = young === undefined ? [] : [`--max-semi-space-size=${young}`];
  expect(heapFlags(limit * MB, MACHINE, "")).toEqual([`--max-old-space-size=${heap}`, ...ofYoung]);
});

test("all that a container's heap may have fits in it", () => {
  for (let limit = 384; limit < 8_192; limit += 64) {
    const [old = 0, young = 16] = heapFlags(limit * MB, MACHINE, "").map((flag) =>
      Number(flag.split("=")[1]),
    );
    expect(old + 3 * young, `${limit} MB`).toBeLessThan(limit * 0.85);
  }
});

test("where nothing limits it, what is new has its room, and the rest is Node's choice", () => {
  for (const limit of [0, MACHINE, 2 ** 64]) {
    expect(heapFlags(limit, MACHINE, "")).toEqual(["--max-semi-space-size=64"]);
  }
});

test.each([
  "--max-old-space-size=300",
  "--enable-source-maps --max_old_space_size=300",
  "--max-semi-space-size=16",
])("nothing is said where somebody has said %s", (options) => {
  expect(heapFlags(512 * MB, MACHINE, options)).toEqual([]);
  expect(heapFlags(0, MACHINE, options)).toEqual([]);
});

test("what the command says are flags that Node takes", () => {
  const said = execFileSync(process.execPath, ["infra/server/heap.mjs"], { encoding: "utf8" });
  expect(said).toMatch(/^(--max-(old|semi)-space-size=\d+ ?)+$/);
  expect(execFileSync(process.execPath, [...said.split(" "), "-p", "1"], { encoding: "utf8" })).toBe("1\n");
});
