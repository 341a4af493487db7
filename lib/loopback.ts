const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a host is this very machine, by one of the names that everybody gives it. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.has(hostname);
}
