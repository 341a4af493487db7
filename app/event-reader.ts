import { createParser } from "eventsource-parser";

/** An event as it came; a comment, which is a sign of life, has no name. `id`: up to when everything is known with it. */
type Told = { name: string; data: string; id: string | null };

/**
 * The server-sent events of an answer, one after the other, until it ends. The browser's `EventSource` would read them
 * too, but can send no header and does not tell why it was refused.
 */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Told, void> {
  const told: Told[] = [];
  const parser = createParser({
    onEvent: ({ event = "", data, id = null }) => told.push({ name: event, data, id }),
    onComment: () => told.push({ name: "", data: "", id: null }),
  });
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.feed(value);
    yield* told.splice(0);
  }
}
