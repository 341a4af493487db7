// @ts-check
import { ServerResponse } from "node:http";

/** An answer that carries the policy headers, whoever writes it: Next puts its own on some of its answers only. */
export class SecuredResponse extends ServerResponse {
  /** @type {Readonly<Record<string, string>>} */
  static headers = {};
  /** The process is about to stop: nobody should send another request on this connection. */
  static isLast = false;

  /** @type {number | null} */
  #retryAfter = null;

  /**
   * What Next would call a fault of ours is somebody else's, and passes: 503 and not 500.
   * @param {number} retryAfter seconds
   */
  becomeUnavailable(retryAfter) {
    this.#retryAfter = retryAfter;
  }

  /**
   * @override
   * @param {number} status
   * @param {any[]} rest
   */
  writeHead(status, ...rest) {
    const given = rest.at(-1);
    const own = new Set(
      given && typeof given === "object" ? Object.keys(given).map((name) => name.toLowerCase()) : [],
    );
    for (const [name, value] of Object.entries(SecuredResponse.headers)) {
      if (!this.hasHeader(name) && !own.has(name.toLowerCase())) this.setHeader(name, value);
    }
    if (SecuredResponse.isLast) this.setHeader("Connection", "close");
    if (status !== 500 || this.#retryAfter === null) return super.writeHead(status, ...rest);
    this.setHeader("Retry-After", this.#retryAfter);
    return super.writeHead(503, ...rest);
  }
}
