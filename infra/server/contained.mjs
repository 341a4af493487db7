// @ts-check
import { fileURLToPath } from "node:url";
import { ownHeapFlags } from "./heap.mjs";

/**
 * Starts the application in a container, with a heap that follows the container's limit. The process becomes another
 * one, for which that is said: no shell and no second process stands between it and its signals. Node 20 cannot do
 * that; there it runs with the heap that Node chooses.
 */
const flags = ownHeapFlags();
if (flags.length > 0 && "execve" in process && typeof process.execve === "function") {
  const start = fileURLToPath(new URL("start.mjs", import.meta.url));
  process.execve(
    process.execPath,
    [process.execPath, ...flags, start, ...process.argv.slice(2)],
    process.env,
  );
}
await import("./start.mjs");
