// @ts-check
import { ServerResponse } from "node:http";

/** An answer that carries the policy headers, whoever writes it: Next puts its own on some of its answers only. */
export class SecuredResponse extends ServerResponse {
  /** @type {Readonly<Record<string, string>>} */
  static headers = {};
  /** The process is about to stop: nobody should send another request on this connection. */
  static isLast = false;

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
    return super.writeHead(status, ...rest);
  }
}
