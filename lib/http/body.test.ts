import { describe, expect, test } from "vitest";
import { readJson } from "./body";

const JSON_TYPE = { "Content-Type": "application/json" };

function read(body: BodyInit, headers: Record<string, string> = JSON_TYPE): Promise<unknown> {
  return readJson(new Request("http://localhost/", { method: "POST", body, headers }));
}

const named = (...bytes: number[]) =>
  Buffer.concat([Buffer.from('{"name":"M'), Buffer.from(bytes), Buffer.from('ller"}')]);

describe("bytes that are not UTF-8 are refused, not replaced", () => {
  test.for([
    ["ISO-8859-1", [0xfc]],
    ["a sequence cut short", [0xe3, 0x81]],
    ["a longer one cut short", [0xf0, 0x9f, 0x98]],
    ["an encoded surrogate", [0xed, 0xa0, 0x80]],
    ["a pair of them (CESU-8)", [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
    ["an overlong slash", [0xc0, 0xaf]],
    ["an overlong NUL", [0xe0, 0x80, 0x80]],
    ["five bytes", [0xf8, 0x88, 0x80, 0x80, 0x80]],
    ["beyond the last code point", [0xf4, 0x90, 0x80, 0x80]],
    ["a continuation alone", [0x80]],
    ["0xFE", [0xfe]],
    ["0xFF", [0xff]],
    ["Shift_JIS", [0x83, 0x7e]],
  ] as const)("%s", async ([, bytes]) => {
    await expect(read(named(...bytes))).rejects.toMatchObject({ code: "malformed_json" });
  });

  test("UTF-16, with or without a mark", async () => {
    const utf16 = Buffer.from('{"name":"x"}', "utf16le");
    for (const body of [utf16, Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])]) {
      await expect(read(body)).rejects.toMatchObject({ code: "malformed_json" });
    }
  });

  test("what is UTF-8 comes out as it went in", async () => {
    for (const name of ["Müller", "日本", "👩‍👩‍👧", "\u{10ffff}", "e\u0301"]) {
      expect(await read(JSON.stringify({ name }))).toEqual({ name });
    }
  });
});

describe("a body that is declared as something other than plain UTF-8 is refused", () => {
  const charsets = [
    "iso-8859-1",
    "utf-16",
    '"shift_jis"',
    "windows-1252",
    "UTF-7",
    "utf-32",
    "latin1",
    "us-ascii",
  ];
  test.for([...charsets, "x", "euc-jp"])("charset=%s", async (charset) => {
    for (const type of [`application/json; charset=${charset}`, `application/json;a=b ;CHARSET=${charset}`]) {
      await expect(read("{}", { "Content-Type": type })).rejects.toMatchObject({
        code: "unsupported_media_type",
      });
    }
  });

  const encodings = [
    "gzip",
    "br",
    "deflate",
    "zstd",
    "compress",
    "x-gzip",
    "GZIP",
    "identity, gzip",
    "gzip, br",
    "x",
  ];
  test.for(encodings)("Content-Encoding: %s", async (encoding) => {
    const sent = read("{}", { ...JSON_TYPE, "Content-Encoding": encoding });
    await expect(sent).rejects.toMatchObject({ code: "unsupported_media_type" });
  });

  test("but not when it is declared as just that", async () => {
    for (const type of [
      "application/json; charset=utf-8",
      'application/json;charset="UTF-8"',
      "APPLICATION/JSON;",
    ]) {
      expect(await read("{}", { "Content-Type": type, "Content-Encoding": "identity" })).toEqual({});
    }
  });
});

describe("half a surrogate pair is refused, wherever it stands", () => {
  const HALVES = [
    "\\ud83d",
    "a\\ud83d b",
    "\\udc00",
    "\\udfff",
    "\\ud800x",
    "\\udc00\\ud800",
    "\\uDBFF",
    "\\ud83d\\ud83d\\ude00",
    "\\ud834\\u0041",
    "x\\uDE00",
    "\\ud83d\\n",
  ];
  test.for(HALVES)("%s", async (half) => {
    const bodies = [
      [`{"name":"${half}"}`, "name"],
      [`{"a":{"b":[1,"${half}"]}}`, "a.b.1"],
      [`{"a":{"${half}":1}}`, "a"],
      [`"${half}"`, ""],
    ] as const;
    for (const [body, field] of bodies) {
      await expect(read(body)).rejects.toMatchObject({ code: "invalid_request", fields: [{ field }] });
    }
  });

  test("but not a whole one, and not the letters u, d, 8", async () => {
    expect(await read('{"a":"\\ud83d\\ude00","b":"\\\\ud83d"}')).toEqual({ a: "😀", b: "\\ud83d" });
  });

  test("nor does it matter how deep JSON is nested", async () => {
    const deep = `${"[".repeat(30_000)}"\\ud83d"${"]".repeat(30_000)}`;
    await expect(read(deep)).rejects.toMatchObject({ code: "invalid_request" });
  });
});
