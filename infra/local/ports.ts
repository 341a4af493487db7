import { createServer } from "node:net";

/** Whether a server could listen on this loopback port now; with 0, any free one is chosen. Gives the port, or null. */
export function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(null);
      else reject(error);
    });
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : null));
    });
  });
}

/** Below those that systems give to outgoing connections, and above those that browsers refuse (10080 is the last). */
const FIRST = 11_000;
const LAST = 32_767;

let next = FIRST + Math.floor(Math.random() * (LAST - FIRST));

/**
 * A loopback port that is free, and likely to be so still when somebody listens on it: one that the system chooses may be
 * given to any connection meanwhile, on a busy machine often. A process is given another one each time.
 */
export async function freePort(): Promise<number> {
  for (let tries = FIRST; tries <= LAST; tries++) {
    const port = next;
    next = next === LAST ? FIRST : next + 1;
    if ((await tryPort(port)) !== null) return port;
  }
  throw new Error("No loopback port is free.");
}
