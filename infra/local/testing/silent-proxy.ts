import { once } from "node:events";
import { type AddressInfo, createServer, connect as dial, type Socket } from "node:net";

/** A TCP proxy on a free port of 127.0.0.1 that can swallow what goes through it, as a dead host or a lost NAT entry does. */
export type SilentProxy = {
  port: number;
  /** Nothing comes through the connections there are any more; they stay open. New ones work, unless told otherwise. */
  silence(options?: { newOnesToo: boolean }): void;
  /** New connections come through again. Those that went silent stay so. */
  speak(): void;
  /** How many connections were made, and how many are open. */
  counts(): { made: number; open: number };
  close(): void;
};

/** Starts a proxy to a port of 127.0.0.1. */
export async function startSilentProxy(targetPort: number): Promise<SilentProxy> {
  let made = 0;
  let isSilent = false;
  const open = new Map<Socket, { isSilent: boolean; there: Socket }>();
  const server = createServer((here) => {
    made += 1;
    const there = dial(targetPort, "127.0.0.1");
    const state = { isSilent, there };
    open.set(here, state);
    for (const [from, to] of [
      [here, there],
      [there, here],
    ] as const) {
      from.on("data", (chunk) => {
        if (!state.isSilent) to.write(chunk);
      });
      from.on("error", () => undefined);
      from.on("close", () => {
        // Of a silent connection neither end hears that the other is gone.
        if (from === here) open.delete(here);
        if (!state.isSilent || from === here) to.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    silence: ({ newOnesToo } = { newOnesToo: false }) => {
      isSilent = newOnesToo;
      for (const state of open.values()) state.isSilent = true;
    },
    speak: () => {
      isSilent = false;
    },
    counts: () => ({ made, open: open.size }),
    close: () => {
      for (const [here, { there }] of open) for (const socket of [here, there]) socket.destroy();
      server.close();
    },
  };
}
