// @ts-check
import { ServerResponse } from "node:http";

/** An answer that carries the policy headers, whoever writes it: Next puts its own on some of its answers only. */
export class SecuredResponse extends ServerResponse {
  /** @type {Readonly<Record<string, string>>} */
  static headers = {};
  /** The process is about to stop: nobody should send another request on this connection. */
  static isLast = false;

  /** @type {{ status: 429 | 503, retryAfter: number } | null} */
  #passing = null;

  /**
   * What Next would call a fault of ours, and answer with 500, is none and passes.
   * @param {429 | 503} status
   * @param {number} retryAfter seconds
   */
  answerThatItPasses(status, retryAfter) {
    this.#passing = { status, retryAfter };
  }

  /**
   * @override
   * @param {number} status
   * @param {any[]} rest
   */
  writeHead(status, ...rest) {
    const given = rest.at(-1);
    const own =
      given && typeof given === "object" ? Object.keys(given).map((name) => name.toLowerCase()) : [];
    for (const name in SecuredResponse.headers) {
      const isSaid = this.hasHeader(name) || own.includes(name.toLowerCase());
      // Node's own: Next's goes on to look for cookies.
      if (!isSaid) super.setHeader(name, SecuredResponse.headers[name] ?? "");
    }
    if (SecuredResponse.isLast) this.setHeader("Connection", "close");
    if (status !== 500 || this.#passing === null) return super.writeHead(status, ...rest);
    this.setHeader("Retry-After", this.#passing.retryAfter);
    return super.writeHead(this.#passing.status, ...rest);
  }

  /**
   * Writes this text where Next ends the answer without one.
   *
   * @param {number} status of the answer that the text belongs to
   * @param {string} text
   * @returns {boolean} false when this is not possible: Next writes it
   */
  endWith(status, text) {
    if (this.isDrafted) return false;
    // The one that this object has by now: Next's compression is around Node's.
    const end = this.end.bind(this);
    /** @param {any[]} given */
    const endWithText = (...given) =>
      given.length === 0 && this.statusCode === status ? end(text) : end(...given);
    Object.assign(this, { end: endWithText });
    return true;
  }

  /** Whether Next wrote to a draft of it only (draft.mjs). */
  isDrafted = false;
  /** @type {(() => void) | null} */
  begin = null;

  /**
   * Has the answer go on after Next has ended it.
   *
   * @param {() => void} begin writes the rest when the head is out, provided that is 200
   * @param {() => void} leave is called when nobody reads any more
   * @returns {boolean} false when this is not possible: Next writes all of it
   */
  goOn(begin, leave) {
    if (!this.isDrafted) return false;
    this.begin = begin;
    if (this.destroyed) leave();
    else this.once("close", leave);
    return true;
  }
}
