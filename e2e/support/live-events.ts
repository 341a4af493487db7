import { eventsOf } from "../../app/event-reader";
import { FEATURES } from "../../lib/features";

/** Where the streams of all features are. */
export const STREAMS: readonly string[] = FEATURES.flatMap(({ operations }) =>
  Object.values(operations)
    .filter(({ answer }) => answer.contentType === "text/event-stream")
    .map(({ path }) => path),
);

/** An event of a stream; a sign of life has the name "". */
export type LiveEvent = { name: string; data: unknown };

/** Reads the stream at this address with these headers: events, one after the other, until it ends. */
export async function* liveEvents(
  url: string,
  headers: Record<string, string>,
): AsyncGenerator<LiveEvent, void> {
  const response = await fetch(url, { headers });
  if (!response.ok || !response.body) throw new Error(`There is no stream: ${response.status}`);
  for await (const { name, data } of eventsOf(response.body)) {
    yield { name, data: data === "" ? null : JSON.parse(data) };
  }
}

/** The next event of one of these names. */
export async function nextOf(
  events: AsyncGenerator<LiveEvent, void>,
  ...names: string[]
): Promise<LiveEvent> {
  for (;;) {
    const { done, value } = await events.next();
    if (done) throw new Error(`The stream ended before any of ${names}.`);
    if (names.includes(value.name)) return value;
  }
}
