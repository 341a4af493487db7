import { readdirSync, readFileSync } from "node:fs";

/** Linux counts CPU time in these (milliseconds). */
const TICK_MS = 10;

/** What a process has used of the processor, of its own and of the kernel's (milliseconds); proc(5). Only Linux says. */
export function cpuMs(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** The same to the nanosecond, of the threads that it has now. */
export function cpuNs(pid: number | undefined): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.reduce((sum, thread) => {
    const [ns] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ");
    return sum + Number(ns);
  }, 0);
}

/** What a process holds in memory (bytes); NaN where nobody says. */
export function residentBytes(pid: number | undefined): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    // Not Linux.
    return Number.NaN;
  }
}
