import { expect, test } from "vitest";
import { eventsOf } from "./event-reader";

const FRAMES =
  "id: 7\nevent: rows\ndata: [1,\ndata: 2]\n\n:\n\nevent: alarm\r\ndata: 警\r\n\r\nevent: cut off\ndata: x\n";
const TOLD = [
  { name: "rows", data: "[1,\n2]", id: "7" },
  { name: "", data: "", id: null },
  { name: "alarm", data: "警", id: null },
];

test.each([1, 2, 5, 1_000])("events are read the same when they come %d bytes at a time", async (size) => {
  const bytes = new TextEncoder().encode(FRAMES);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
  const told = [];
  for await (const each of eventsOf(body)) told.push(each);
  expect(told).toEqual(TOLD);
});
