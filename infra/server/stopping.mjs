// @ts-check
import { once } from "node:events";
import { Server } from "node:net";
import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import { SecuredResponse } from "./secured-response.mjs";

/** Kept of the time that there is, to leave in (milliseconds). */
const RESERVE_MS = 500;
/** A connection that has nothing to do may have a request on its way: it is left open for so long (milliseconds). */
const IDLE_MS = 1_000;
/** A turn of Node's loop with nothing in it is shorter, and so is the time in which somebody may come (milliseconds). */
const QUIET_MS = 1;

/** What has come in waits for this before anything is done for it. */
let admission = Promise.resolve();

/** Settles when a request may be handled: at once, but for the moment in which a server stops to accept. */
export const admitted = () => admission;

/**
 * Brings a server to its end, and cuts nothing that it was asked: from now on each answer is the last of its
 * connection. Returns when all connections have ended.
 *
 * @param {import("node:http").Server} server
 * @param {import("../../lib/http/front-door.ts").FrontDoor} door says how long it may take; the process ends by then,
 *   whatever is still under way.
 * @param {() => void} closeIdle ends the connections that have nothing to do.
 */
export async function stopServer(server, door, closeIdle) {
  const acceptMs = door.stop.acceptSeconds * 1_000;
  const leftMs = door.stop.seconds * 1_000 - RESERVE_MS;
  SecuredResponse.isLast = true;
  setTimeout(
    () =>
      server.getConnections((_, connections) => {
        door.cut(connections);
        process.exit(0);
      }),
    leftMs,
  );
  if (acceptMs > 0) await sleep(acceptMs);
  const ended = once(server, "close");
  // The other half is for answering those who were let in last.
  await closeWhenQuiet(server, (leftMs - acceptMs) / 2);
  door.leave();
  await Promise.race([ended, sleep(IDLE_MS - Math.min(acceptMs, IDLE_MS))]);
  // One that is kept alive becomes idle when its answer is out. `setImmediate`: when what has come in is read, or the
  // connection of a request that was sent already would be reset.
  setInterval(() => setImmediate(closeIdle), 100);
  await ended;
}

/**
 * Accepts no more connections, at a moment when nobody waits to be accepted: whoever does is reset, with the request
 * that they have sent already. In each turn of its loop Node accepts one, and then handles what others have sent: where
 * it has more to do than it can, those who wait would become more with each turn. So they are all let in first.
 *
 * @param {import("node:http").Server} server
 * @param {number} mostMs however many come, it accepts no longer than that
 */
async function closeWhenQuiet(server, mostMs) {
  let handle = () => {};
  admission = new Promise((resolve) => {
    handle = resolve;
  });
  let hasCome = false;
  server.on("connection", () => {
    hasCome = true;
  });
  const until = performance.now() + mostMs;
  // A signal is told after what came in the same turn: the first whole turn is the next one.
  await turn();
  for (let began = performance.now(); began < until; began = performance.now()) {
    hasCome = false;
    await turn();
    if (!hasCome && performance.now() - began < QUIET_MS) break;
  }
  // The HTTP server's own `close` would end idle connections at once, and look for requests that take too long no more.
  Server.prototype.close.call(server);
  handle();
}
