import { afterEach, expect, test } from "vitest";
import { calling } from "./calling";
import { setTelemetry } from "./telemetry/telemetry";

const shared = globalThis as { sekishoRequests?: unknown; sekishoTelemetry?: unknown };
const { sekishoRequests } = shared;
afterEach(() => {
  shared.sekishoRequests = sekishoRequests;
  delete shared.sekishoTelemetry;
});

/** What is told of calls that are made for a request: to the metrics, and to its trace. */
function listen() {
  const told = { recorded: [] as unknown[], traced: [] as unknown[] };
  setTelemetry({
    add: () => undefined,
    record: (_, __, attributes) => told.recorded.push(attributes),
    beginRequest: () => null,
    close: async () => undefined,
  });
  const addCall = (name: string, _: number, attributes: object, hasFailed: boolean) =>
    told.traced.push([name, attributes, hasFailed]);
  shared.sekishoRequests = { getStore: () => ({ isOver: false, span: { addCall } }) };
  return told;
}

test("a call is told to the metrics and to the trace of its request, by its name", async () => {
  const told = listen();
  expect(
    await calling(
      "cognito",
      () => "AdminGetUser",
      async () => 1,
    ),
  ).toBe(1);
  expect(told.recorded).toEqual([{ peer: "cognito", operation: "AdminGetUser" }]);
  expect(told.traced).toEqual([["cognito AdminGetUser", {}, false]]);
});

test("of a failure its code is told or its name, and never what it says", async () => {
  const told = listen();
  const failed = Object.assign(new Error("alice@example.com is there already"), { code: "23505" });
  const unnamed = Object.assign(new Error("canary"), { code: "alice@example.com", name: "not a name" });
  for (const error of [failed, new TypeError("canary"), unnamed]) {
    await expect(
      calling(
        "database",
        () => "insert members",
        () => Promise.reject(error),
      ),
    ).rejects.toBe(error);
  }
  const types = ["23505", "TypeError", "unknown"].map((type) => ({ "error.type": type }));
  expect(told.traced).toEqual(types.map((type) => ["database insert members", type, true]));
});

test("a commit that went well at once is no part of the trace, and one that failed is", async () => {
  const told = listen();
  await calling(
    "database",
    () => "commit",
    async () => 1,
  );
  expect(told.traced).toEqual([]);
  const lost = new Error("lost");
  await expect(
    calling(
      "database",
      () => "commit",
      () => Promise.reject(lost),
    ),
  ).rejects.toBe(lost);
  expect(told.traced).toEqual([["database commit", { "error.type": "Error" }, true]]);
  expect(told.recorded).toHaveLength(2);
});
