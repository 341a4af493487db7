import type { CurrentRequest } from "../current-request";

/** An answer in JSON of which nobody has made a `Response` yet. */
export class JsonAnswer {
  readonly headers: Headers;
  readonly status: number;
  readonly text: string;

  /** @param init with `Content-Type` where it is another one than `application/json`. */
  constructor(value: unknown, { status = 200, headers }: { status?: number; headers?: HeadersInit } = {}) {
    this.text = JSON.stringify(value);
    this.status = status;
    this.headers = new Headers(headers);
    if (!this.headers.has("Content-Type")) this.headers.set("Content-Type", "application/json");
  }

  /**
   * The same for Next, which takes a text from a stream and writes it piece by piece: that costs more than most handlers
   * do. Where our server can write the text by itself, Next is given the head alone.
   */
  toResponse(current: CurrentRequest | null): Response {
    const { status, headers, text } = this;
    const isWritten = current?.endWith?.(status, text) ?? false;
    return new Response(isWritten ? null : text, { status, headers });
  }
}

/** What a handler gives. */
export type Answer = Response | JsonAnswer;

/** An answer in JSON. */
export function json(...given: ConstructorParameters<typeof JsonAnswer>): JsonAnswer {
  return new JsonAnswer(...given);
}
