import { once } from "node:events";
import { type AddressInfo, createServer, connect as dial, type Socket } from "node:net";

/** A TCP proxy on a free port of 127.0.0.1 that counts round trips: how often the client speaks after it has listened. */
export type CountingProxy = {
  port: number;
  /** Since the last time it was asked. */
  flights(): number;
  close(): void;
};

/** Starts a proxy to a port of 127.0.0.1. */
export async function startCountingProxy(targetPort: number): Promise<CountingProxy> {
  let flights = 0;
  const open = new Set<Socket>();
  const server = createServer((here) => {
    const there = dial(targetPort, "127.0.0.1");
    let isAnswered = true;
    here.on("data", (chunk) => {
      if (isAnswered) flights += 1;
      isAnswered = false;
      there.write(chunk);
    });
    there.on("data", (chunk) => {
      isAnswered = true;
      here.write(chunk);
    });
    for (const [socket, other] of [
      [here, there],
      [there, here],
    ] as const) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    flights: () => {
      const counted = flights;
      flights = 0;
      return counted;
    },
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}
