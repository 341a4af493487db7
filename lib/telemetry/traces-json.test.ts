import { expect, test } from "vitest";
import type { RequestSpan } from "./telemetry";
import { type EndedSpan, TracedRequest } from "./traced-request";
import { tracesJson } from "./traces-json";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT = { traceId: TRACE, spanId: "00f067aa0ba902b7", flags: 1 };

/** What is sent of a request, as a collector reads it. */
function sent(parent: typeof PARENT | null, answer: (request: RequestSpan) => void) {
  const spans: EndedSpan[] = [];
  answer(new TracedRequest("GET /api/audit", TRACE, parent, (span) => spans.push(span)));
  const { resourceSpans } = JSON.parse(tracesJson({ "service.name": 'a "quoted" one' }, spans));
  const [{ resource, scopeSpans }] = resourceSpans;
  return { resource, spans: scopeSpans[0].spans };
}

test("a request and a call that was made for it are spans of one trace, which goes on where it came from", () => {
  const began = performance.now();
  const { resource, spans } = sent(PARENT, (request) => {
    request.addCall('select "members"', began, { "error.type": "23505" }, true);
    request.end({ "http.response.status_code": 200, "sekisho.share": 0.5, "http.route": "/a\n" }, false);
  });
  expect(resource).toEqual({
    attributes: [{ key: "service.name", value: { stringValue: 'a "quoted" one' } }],
  });
  const [call, request] = spans;
  expect(request).toMatchObject({
    traceId: TRACE,
    parentSpanId: PARENT.spanId,
    name: "GET /api/audit",
    kind: 2,
    attributes: [
      { key: "http.response.status_code", value: { intValue: 200 } },
      { key: "sekisho.share", value: { doubleValue: 0.5 } },
      { key: "http.route", value: { stringValue: "/a\n" } },
    ],
    status: { code: 0 },
    flags: 0x301,
  });
  expect(call).toMatchObject({
    traceId: TRACE,
    parentSpanId: request.spanId,
    name: 'select "members"',
    kind: 3,
    status: { code: 2 },
    flags: 0x101,
  });
  expect(call.spanId).toMatch(/^(?!0{16})[0-9a-f]{16}$/);
  expect(call.spanId).not.toBe(request.spanId);
});

test("the first span of a trace has no parent", () => {
  const { spans } = sent(null, (request) => request.end({}, false));
  expect(spans[0]).not.toHaveProperty("parentSpanId");
  expect(spans[0].flags).toBe(0x101);
});

test("times are nanoseconds of the day, and a call lies within its request", () => {
  const before = BigInt(Date.now() - 1) * 1_000_000n;
  const { spans } = sent(null, (request) => {
    request.addCall("commit", performance.now(), {}, false);
    request.end({}, false);
  });
  const after = BigInt(Date.now() + 1) * 1_000_000n;
  const [call, request] = spans.map((span: { startTimeUnixNano: string; endTimeUnixNano: string }) => [
    BigInt(span.startTimeUnixNano),
    BigInt(span.endTimeUnixNano),
  ]);
  const inOrder = [before, request[0], call[0], call[1], request[1], after];
  expect(inOrder).toEqual(inOrder.toSorted((a, b) => (a < b ? -1 : 1)));
});
