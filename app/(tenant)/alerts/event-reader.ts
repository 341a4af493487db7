/** An event of a stream, as the HTML standard frames it (section 9.2). */
export type StreamEvent = { name: string; data: string; id: string | null };

/**
 * The events of an answer, one after the other, until it ends. Our own reader, because the browser's `EventSource`
 * can send no header and does not tell why it was refused.
 */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const frames = text.split("\n\n");
    text = frames.pop() ?? "";
    for (const frame of frames) yield eventFrom(frame);
  }
}

/** A comment comes out as an event without a name: it, too, shows that somebody is there. */
function eventFrom(frame: string): StreamEvent {
  const fields = new Map(
    frame.split("\n").map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at), line.slice(at + 1).trimStart()] as const;
    }),
  );
  return { name: fields.get("event") ?? "", data: fields.get("data") ?? "", id: fields.get("id") ?? null };
}
