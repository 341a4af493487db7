// @ts-check
import { totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { heapMb } from "./heap.mjs";

/**
 * Starts the application in a container, with a heap that follows the container's limit. The process becomes another
 * one, for which that is said: no shell and no second process stands between it and its signals. Node 20 cannot do
 * that; there it runs with the heap that Node chooses.
 */
const size = heapMb(process.constrainedMemory(), totalmem(), process.env.NODE_OPTIONS ?? "");
if (size !== null && "execve" in process && typeof process.execve === "function") {
  const start = fileURLToPath(new URL("start.mjs", import.meta.url));
  const flags = [`--max-old-space-size=${size}`];
  process.execve(
    process.execPath,
    [process.execPath, ...flags, start, ...process.argv.slice(2)],
    process.env,
  );
}
await import("./start.mjs");
