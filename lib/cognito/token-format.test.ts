import { describe, expect, test } from "vitest";
import { formatFault } from "./token-format";

const HEADER = { alg: "RS256", kid: "abcDEF012+/=", typ: "JWT" };
const base64url = (text: string) => Buffer.from(text).toString("base64url");
/** A token of these two JSON texts; the signature is looked at by nobody here. */
const compact = (header: string, payload: string) => `${base64url(header)}.${base64url(payload)}.c2ln`;
const withHeader = (header: object) => compact(JSON.stringify(header), '{"sub":"s"}');
const withPayload = (payload: string) => compact(JSON.stringify(HEADER), payload);

test("the shape that Cognito writes is worth verifying", () => {
  expect(formatFault(withHeader(HEADER))).toBeNull();
  expect(formatFault(withHeader({ alg: "RS256", kid: "k" }))).toBeNull();
});

describe("an algorithm other than RS256 is refused", () => {
  test.each(["none", "NoNe", "", "HS256", "RS512", "PS256", "ES256", "rs256", null, ["RS256"], undefined])(
    "%j",
    (alg) => expect(formatFault(withHeader({ ...HEADER, alg }))).toBe("algorithm is not RS256"),
  );
});

describe("a key id outside a safe set of characters is refused", () => {
  test.each([
    "__proto__.",
    "../../dev/null",
    "' OR 1",
    "a b",
    "a\0",
    "a\n",
    "é",
    "",
    "k".repeat(129),
    7,
    ["k"],
    { k: 1 },
    null,
    undefined,
  ])("%j", (kid) => expect(formatFault(withHeader({ ...HEADER, kid }))).toBe("kid is missing or malformed"));
});

describe("a header field that could lead a verifier elsewhere is refused", () => {
  test.each(["jku", "x5u", "jwk", "x5c", "x5t", "crit", "b64", "zip", "cty", "enc", "ALG"])("%s", (name) =>
    expect(formatFault(withHeader({ ...HEADER, [name]: "x" }))).toBe(`header field not allowed: ${name}`),
  );
});

describe("a type other than JWT is refused", () => {
  test.each(["at+jwt", "jwt", "JOSE", "", 1, null])("%j", (typ) =>
    expect(formatFault(withHeader({ ...HEADER, typ }))).toBe("typ is not JWT"),
  );
});

describe("what is not three base64url parts is refused", () => {
  const [header = "", payload = "", signature = ""] = withHeader(HEADER).split(".");
  test.each([
    "",
    ".",
    "..",
    "...",
    "eyJ",
    `${header}.${payload}`,
    `${header}.${payload}.`,
    `${header}..${signature}`,
    `.${payload}.${signature}`,
    `${header}.${payload}.${signature}.${signature}`,
    `${header}.${payload}.${signature}.${signature}.${signature}`,
    ` ${header}.${payload}.${signature}`,
    `${header}.${payload}.${signature}\n`,
    `${header}\n.${payload}.${signature}`,
    `${header}.${payload}=.${signature}`,
    `${header}.${payload}.ab+/`,
    `${header}.${payload}.${signature}\0`,
    `${header}.${payload}.é`,
  ])("%j", (token) => expect(formatFault(token)).toBe("not three base64url parts"));
});

describe("a header or payload that is no object with unique names is refused", () => {
  const fault = "header or payload is not a JSON object with unique names";
  test.each([
    "null",
    "[]",
    '"text"',
    "1",
    "{",
    " ",
    '{"sub":"s",}',
    '{"sub":"s"} x',
    '{"custom:tenant_id":"a","custom:tenant_id":"b"}',
    '{"custom:tenant_id":"a","custom:tenant\\u005fid":"b"}',
    '{"a":{"b":1,"b":1}}',
    '{"a":[{"b":1},{"b":1,"b":2}]}',
    '{"__proto__":{"custom:tenant_id":"b"}}',
    '{"a":{"__proto__":null}}',
    '{"a":1, "a" : 2}',
    '{"a":1,"a"\n:2}',
    '{"":1,"":2}',
  ])("%s", (json) => {
    expect(formatFault(withPayload(json))).toBe(fault);
    expect(formatFault(compact(json, "{}"))).toBe(fault);
  });

  test("two algorithms in the header", () => {
    expect(formatFault(compact('{"alg":"none","alg":"RS256","kid":"k"}', "{}"))).toBe(fault);
  });

  test.each([
    '{"a":"\\":","b":"b\\\\"}',
    '{"a":"x:y \\"b\\": 1","b":": "}',
    '{"a":{"x":1},"b":{"x":1},"c":[{"x":1},{"x":2}]}',
    '{"constructor":1,"toString":2,"hasOwnProperty":3}',
    '{ "a" : [ 1 , "b" , null , true ] }',
  ])("but %s has unique names", (json) => expect(formatFault(withPayload(json))).toBeNull());
});

describe("size", () => {
  const padded = (bytes: number) => {
    const token = withHeader(HEADER);
    return token + "A".repeat(bytes - token.length);
  };
  test("8 KB are read, a byte more is refused", () => {
    expect(formatFault(padded(8 * 1024))).toBeNull();
    expect(formatFault(padded(8 * 1024 + 1))).toBe("larger than 8 KB");
  });
  test("1 MB is refused without being read", () => {
    const started = performance.now();
    for (let i = 0; i < 1_000; i++) formatFault(`${"A".repeat(2 ** 20)}`);
    expect((performance.now() - started) / 1_000).toBeLessThan(1);
  });
});

test("nesting as deep as 8 KB allow neither fails nor is slow", () => {
  const depth = 2_950;
  const payload = `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  expect(withPayload(payload).length).toBeLessThan(8 * 1024);
  expect(formatFault(withPayload(payload))).toBeNull();
});

test("no string of 8 KB takes long", () => {
  const hostile = ['{"a":"', '"'.repeat(6_000), `{"a":"${"\\".repeat(5_900)}`, `{"a" ${" ".repeat(5_900)}`];
  // Of the processor: what else the machine does does not count.
  const started = process.cpuUsage();
  for (const text of hostile) formatFault(withPayload(text));
  for (const text of hostile) formatFault(withPayload(JSON.stringify({ text })));
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1_000).toBeLessThan(100);
});
