import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { fuzz } from "./fuzzing";
import { openTarget } from "./target";

/**
 * Fuzzes a target and prints how it held up; exits with 1 after a 5xx or a hang.
 *
 *     npx tsx infra/local-cognito/src/contract/fuzz.ts [requests] [seed]
 */
const [requests = 100_000, seed = Date.now() % 2 ** 32] = process.argv.slice(2).map(Number);
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const heapInUse = () => {
  collect();
  const used = process.memoryUsage().heapUsed;
  process.stdout.write(`${(used / 2 ** 20).toFixed(1)} MB `);
  return used;
};

process.stdout.write(`${requests} requests, seed ${seed}; heap after each 2,000: `);
const target = await openTarget();
const began = performance.now();
const { statuses, slowest, findings, heap } = await fuzz(target, { requests, seed, heapInUse });
await target.close();
const seconds = (performance.now() - began) / 1_000;
const half = heap.slice(Math.floor(heap.length / 2));
console.log(
  `\n${seconds.toFixed(0)} s, ${(requests / seconds).toFixed(0)}/s, slowest ${slowest.ms.toFixed(0)} ms: ${slowest.request.slice(0, 60)}`,
);
console.log("answers by status:", statuses);
console.log(
  `heap: ${mb(Math.min(...half))}–${mb(Math.max(...half))} MB in the second half, ${mb(heap[0])} MB at first`,
);
for (const { what, request } of findings.slice(0, 20)) console.log(`${what}\n  ${request}`);
console.log(`${findings.length} answers that none may get`);
process.exitCode = findings.length === 0 ? 0 : 1;

function mb(bytes = 0): string {
  return (bytes / 2 ** 20).toFixed(1);
}
