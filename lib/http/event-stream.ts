import { currentRequest, type LongAnswer } from "../current-request";
import { log } from "../log";

/** One event as the HTML standard frames it (section 9.2); without a name, a comment that only shows that we are here. */
export type StreamEvent = { name: string; data: unknown; id?: string } | null;

/** A reader who takes nothing for so long is gone, whatever their connection says (milliseconds). */
const UNREAD_MS = 60_000;

let isTold = false;

/**
 * Answers with server-sent events for as long as `events` gives some. They are asked for one after the other as they
 * are taken off our hands, so that a slow reader lets nothing pile up.
 *
 * @param frame an event as it is sent.
 * @param stop is called when nobody reads any more.
 */
export function eventStream<Event>(
  events: AsyncIterator<Event>,
  frame: (event: Event) => StreamEvent,
  stop: () => void,
): Response {
  const isApart = currentRequest()?.goOn?.((answer) => void tell(events, frame, answer), stop);
  if (isApart) return new Response(null, { headers: STREAM_HEADERS });
  // Next holds on to it meanwhile.
  if (!isTold) log("warn", "http.stream_within_next");
  isTold = true;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await events.next().catch((error: unknown) => {
        // The answer has begun: no wrapper can turn this into a problem any more.
        log("error", "http.stream_failed", { error });
        throw error;
      });
      if (done) controller.close();
      else controller.enqueue(encoder.encode(framed(frame(value))));
    },
    cancel: stop,
  });
  return new Response(body, { headers: STREAM_HEADERS });
}

async function tell<Event>(
  events: AsyncIterator<Event>,
  frame: (event: Event) => StreamEvent,
  answer: LongAnswer,
): Promise<void> {
  answer.setTimeout(UNREAD_MS);
  try {
    for (;;) {
      const { done, value } = await events.next();
      if (done) break;
      if (!answer.write(framed(frame(value)))) await taken(answer);
    }
    answer.end();
  } catch (error) {
    log("error", "http.stream_failed", { error });
    answer.destroy();
  }
}

/** Never settles when the reader leaves: nobody waits for it then. */
function taken(answer: LongAnswer): Promise<void> {
  return new Promise((settle) => answer.once("drain", settle));
}

/** The same for HEAD: what would come, without it. */
export const STREAM_HEADERS = {
  "Content-Type": "text/event-stream",
  // `no-transform`: what compresses would hold events back until there is enough of them.
  "Cache-Control": "private, no-store, no-transform",
  // nginx and those who do as it does then hand on each event as it comes.
  "X-Accel-Buffering": "no",
};

function framed(event: StreamEvent): string {
  if (event === null) return ":\n\n";
  const id = event.id === undefined ? "" : `id: ${event.id}\n`;
  // JSON has no line breaks of its own, and those inside its texts are escaped.
  return `${id}event: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`;
}
