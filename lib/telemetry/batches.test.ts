import { DiagLogLevel, diag } from "@opentelemetry/api";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Batches } from "./batches";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  diag.disable();
});

/** Sizes of what was sent; the next one is taken, or not, when the test says so. */
function listen() {
  const sent: number[] = [];
  let isDone: { resolve: () => void; reject: (error: Error) => void } | undefined;
  const send = (things: number[]) => {
    sent.push(things.length);
    return new Promise<void>((resolve, reject) => (isDone = { resolve, reject }));
  };
  const batches = new Batches(send, 1_000);
  return {
    sent,
    batches,
    add: (count: number) => Array.from({ length: count }, (_, at) => batches.add(at)),
    taken: async () => {
      isDone?.resolve();
      await vi.advanceTimersByTimeAsync(0);
    },
    refused: async (error: Error) => {
      isDone?.reject(error);
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

/** What the SDK is told of. */
function complaints(): string[] {
  const said: string[] = [];
  const tell = (message: string) => said.push(message);
  const logger = { error: tell, warn: tell, info: tell, debug: tell, verbose: tell };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  return said;
}

test("what waits is sent together after a while", async () => {
  const { add, sent } = listen();
  add(2);
  await vi.advanceTimersByTimeAsync(999);
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(sent).toEqual([2]);
});

test("512 do not wait, and more wait until those are taken", async () => {
  const { add, sent, taken } = listen();
  add(513);
  expect(sent).toEqual([512]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toEqual([512]);
  await taken();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent).toEqual([512, 1]);
});

test("while nobody takes them, 2,048 wait and the others are dropped, which is said", async () => {
  const said = complaints();
  const { add, sent, refused, taken } = listen();
  add(512 + 2_048 + 7);
  await refused(Object.assign(new Error("nobody there"), { code: "ECONNREFUSED" }));
  for (let each = 0; each < 4; each++) await taken();
  expect(sent).toEqual([512, 512, 512, 512, 512]);
  expect(said).toEqual([
    expect.stringContaining("ECONNREFUSED nobody there"),
    expect.stringContaining("Dropped 7"),
  ]);
});

test("what waits at the end is sent", async () => {
  const { add, batches, sent, taken } = listen();
  add(3);
  const closed = batches.close();
  await vi.advanceTimersByTimeAsync(0);
  await taken();
  await closed;
  expect(sent).toEqual([3]);
});
