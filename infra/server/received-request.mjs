// @ts-check
import { IncomingMessage } from "node:http";

/**
 * A request that keeps its body back until all of it is there, or until there is too much of it. Whoever handles it
 * reads from memory at once: no handler waits for a slow sender, and none reads further than the limit.
 */
export class ReceivedRequest extends IncomingMessage {
  /** How large a body may be, and in how many pieces it may come. Nothing, until somebody says so. */
  static limits = { bodyBytes: 0, bodyPieces: 0 };

  /** @type {Buffer[]} */
  #chunks = [];
  #size = 0;
  #pieces = 0;
  #isStopped = false;
  /**
   * All of its body, once it came whole.
   * @type {Buffer | undefined}
   */
  body;
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
      if (this.#isStopped) return false;
      this.body = Buffer.concat(this.#chunks);
      if (this.#size > 0) super.push(this.body);
      this.#chunks = [];
      this.#settle("whole");
      return super.push(null);
    }
    if (this.#isStopped) return false;
    this.#size += chunk.byteLength;
    this.#pieces++;
    const { bodyBytes, bodyPieces } = ReceivedRequest.limits;
    if (this.#size <= bodyBytes && this.#pieces <= bodyPieces) {
      this.#chunks.push(chunk);
      return true;
    }
    this.stopReceiving();
    this.#settle("too_large");
    // Node's parser pauses the connection.
    return false;
  }

  /** Reads no further: what still comes stays with the sender, and costs nothing here. */
  stopReceiving() {
    this.#isStopped = true;
    this.#chunks = [];
    this.socket.pause();
  }

  /**
   * Node asks for more when an answer is out and its request is not: it would read on to throw that away.
   * @override
   * @param {number} size
   */
  _read(size) {
    if (!this.#isStopped) super._read(size);
  }
}
