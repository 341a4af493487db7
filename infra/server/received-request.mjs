// @ts-check
import { IncomingMessage } from "node:http";

/** No body of the application is larger (bytes); lib/http/body.ts says the same to whoever reads one. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * A request that keeps its body back until all of it is there, or until there is too much of it. Whoever handles it
 * reads from memory at once: no handler waits for a slow sender, and none reads further than the limit.
 */
export class ReceivedRequest extends IncomingMessage {
  /** @type {Buffer[]} */
  #chunks = [];
  #size = 0;
  /** @type {(outcome: "whole" | "too_large") => void} */
  #settle = () => undefined;

  /**
   * Whether it came whole or is too large. Never settles when the sender leaves before.
   * @type {Promise<"whole" | "too_large">}
   */
  received = new Promise((settle) => {
    this.#settle = settle;
  });

  /**
   * Node's parser hands each piece of the body over here, and null after the last.
   * @override
   * @param {Buffer | null} chunk
   */
  push(chunk) {
    if (chunk === null) {
      if (this.#size > MAX_BODY_BYTES) return false;
      if (this.#size > 0) super.push(Buffer.concat(this.#chunks));
      this.#chunks = [];
      this.#settle("whole");
      return super.push(null);
    }
    this.#size += chunk.byteLength;
    if (this.#size <= MAX_BODY_BYTES) this.#chunks.push(chunk);
    else this.#settle("too_large");
    return true;
  }
}
