import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { heapMb } from "./heap.mjs";

const MB = 1024 * 1024;
const MACHINE = 16_384 * MB;

test.each([
  [2_048, 1_331],
  [1_024, 665],
  [512, 332],
  [384, 224],
  // Whoever gives less than this is told by the kernel.
  [256, 128],
])("in a container of %d MB the heap may have %d", (limit, heap) => {
  expect(heapMb(limit * MB, MACHINE, "")).toBe(heap);
});

test("nothing is said where no limit is, or where somebody has said it", () => {
  expect(heapMb(0, MACHINE, "")).toBeNull();
  expect(heapMb(MACHINE, MACHINE, "")).toBeNull();
  expect(heapMb(2 ** 64, MACHINE, "")).toBeNull();
  expect(heapMb(512 * MB, MACHINE, "--max-old-space-size=300")).toBeNull();
  expect(heapMb(512 * MB, MACHINE, "--enable-source-maps --max_old_space_size=300")).toBeNull();
});

test("what the command says is a flag that Node takes, or nothing", () => {
  const said = execFileSync(process.execPath, ["infra/server/heap.mjs"], { encoding: "utf8" });
  expect(said).toMatch(/^(--max-old-space-size=\d+)?$/);
});
