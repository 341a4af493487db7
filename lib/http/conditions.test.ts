import { describe, expect, test } from "vitest";
import { expectedVersion, requireListExpected, versioned, versionedRead } from "./conditions";

const asked = (headers: Record<string, string>) => new Request("http://localhost/", { headers });
const read = (headers: Record<string, string>) => versionedRead(asked(headers), { version: 3 });

test.for([
  '"3"',
  "*",
  'W/"3"',
  '"x", "3"',
  '"1",W/"3" , "2"',
  ',"3"',
  '"3",',
  ' "3" ',
  '"a,b", "3"',
  '"", "3"',
  'W/"x",W/"3"',
])("a read by somebody who has %s is a 304 with the ETag and no body", async (tags) => {
  const answer = read({ "If-None-Match": tags });
  expect([answer.status, answer.headers.get("ETag"), answer instanceof Response && answer.body]).toEqual([
    304,
    '"3"',
    null,
  ]);
});

test.for(['"2"', 'W/"2"', '"x"', '"3-gzip"', '"03"', '"1", "2"', '"*"', '""', '"30"'])(
  "a read by somebody who has %s is whole",
  async (tags) => {
    const answer = read({ "If-None-Match": tags });
    expect([answer.status, answer.headers.get("ETag")]).toEqual([200, '"3"']);
  },
);

test.for(["3", '"3', '3"', 'w/"3"', '"3" "4"', "W/", ",", "", '"3";"4"', "*, *"])(
  "If-None-Match: %s is no list of entity tags",
  (tags) => {
    expect(() => read({ "If-None-Match": tags })).toThrow(
      expect.objectContaining({ code: "invalid_request" }),
    );
  },
);

test.for([
  ['"3"', [3]],
  ['"1", "3"', [1, 3]],
  ['"x","3"', [3]],
  ['W/"3"', []],
  ['W/"3", "4"', [4]],
  ['"3-gzip"', []],
  ['"3;br"', []],
  ["3", []],
  ['"3" "4"', []],
  ["", []],
  ["*", null],
] as const)("a write with If-Match: %s expects one of %j", ([tags, versions]) => {
  expect(expectedVersion(asked({ "If-Match": tags })).oneOf).toEqual(versions);
});

test("what is refused is told how an ETag comes to be changed on its way", () => {
  expect(expectedVersion(asked({ "If-Match": 'W/"3"' })).help).toMatch(/proxy.*compresses/);
  expect(() => read({ "If-Match": '"2"' })).toThrow(expect.objectContaining({ code: "precondition_failed" }));
});

test("a write is refused for what it says it must not find", () => {
  expect(expectedVersion(asked({ "If-None-Match": "*" })).noneOf).toBe("any");
  expect(expectedVersion(asked({ "If-None-Match": 'W/"3", "4"' })).noneOf).toEqual([3, 4]);
});

test.for([
  [{ "If-None-Match": "*" }],
  [{ "If-Match": '"1"' }],
  [{ "If-Match": "x" }],
  [{ "If-Match": "*", "If-None-Match": "*" }],
])("nothing is created under %o: a list is there and has no ETag", ([headers]) => {
  expect(() => requireListExpected(asked(headers as Record<string, string>))).toThrow(
    expect.objectContaining({
      code: "precondition_failed",
      detail: expect.stringMatching(/Idempotency-Key/),
    }),
  );
});

test.for([[{}], [{ "If-Match": "*" }], [{ "If-None-Match": '"1"' }]])(
  "something is created under %o: it holds",
  ([headers]) => {
    expect(requireListExpected(asked(headers as Record<string, string>))).toBeUndefined();
  },
);

describe("an answer that shows a person", () => {
  const called = (name: string) => ({ sub: "sub", name, is_member: true });
  const yuki = { version: 3, owner: called("Yuki Tanaka") };
  const tagOf = (body: Parameters<typeof versioned>[0]) => versioned(body).headers.get("ETag") ?? "";

  test("has another tag when they change their name, and a read of what one had before is whole", () => {
    const before = tagOf(yuki);
    const now = { version: 3, owner: called("Yuki Sato") };
    expect(tagOf(now)).not.toBe(before);
    expect(versionedRead(asked({ "If-None-Match": before }), yuki).status).toBe(304);
    expect(versionedRead(asked({ "If-None-Match": before }), now).status).toBe(200);
    expect(versionedRead(asked({ "If-None-Match": '"3"' }), now).status).toBe(200);
  });
  test("has another tag when somebody further in it is called otherwise, or is no longer active", () => {
    const to = called("Ken Abe");
    const tags = [
      // What has a name and is nobody.
      { version: 3, assigned: null, records: [{ name: "_proof.example" }] },
      { version: 3, assigned: { to, is_active: true } },
      { version: 3, assigned: { to: called("Ken Ito"), is_active: true } },
      { version: 3, assigned: { to, is_active: false } },
    ].map(tagOf);
    expect(new Set(tags).size).toBe(4);
    expect(tags[0]).toBe('"3"');
  });
  test("is written under its version, whatever they are called by now", () => {
    expect(expectedVersion(asked({ "If-Match": tagOf(yuki) })).oneOf).toEqual([3]);
    expect(expectedVersion(asked({ "If-Match": '"3"' })).oneOf).toEqual([3]);
    expect(expectedVersion(asked({ "If-Match": tagOf(yuki).replace(/"$/, '-gzip"') })).oneOf).toEqual([]);
  });
});
