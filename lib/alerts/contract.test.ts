import { describe, expect, test } from "vitest";
import { AlertChange, ListAlerts, NewAlert } from "./contract";

describe("a new alert", () => {
  test("needs a title only", () => {
    expect(NewAlert.parse({ title: " Gate open " })).toEqual({
      title: "Gate open",
      detail: "",
      severity: "info",
      source: "manual",
    });
  });
  test.each([
    {},
    { title: " " },
    { title: "x".repeat(201) },
    { title: "x\0" },
    { title: "x", detail: "d".repeat(2_001) },
    { title: "x", source: "" },
    { title: "x", source: "s".repeat(101) },
    { title: "x", severity: "fatal" },
    { title: "x", severity: "Info" },
    { title: "x", status: "resolved" },
    { title: "x", tenant_id: "globex" },
    { title: "x", owner_sub: "y" },
    { title: "x", id: "y" },
  ])("cannot be %j", (input) => expect(NewAlert.safeParse(input).success).toBe(false));
});

describe("a source of the application", () => {
  const SPELLINGS: ((source: string) => string)[] = [
    (source) => source,
    (source) => source.toUpperCase(),
    (source) => `${source[0]?.toUpperCase()}${source.slice(1)}`,
    (source) => ` ${source}\u3000`,
    (source) => source.replaceAll("-", ""),
    (source) => source.replaceAll("-", "_"),
    (source) => source.replaceAll("-", "\u2011"),
    (source) => [...source].join(" "),
    (source) => [...source].join("\u200b"),
    (source) => `\u202e${source}\u2060`,
    (source) => source.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)),
    (source) => source.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0x1d3b9)),
    (source) => source.replace(/[a-z]/g, (letter) => `${letter}\u0301`),
    (source) => source.replaceAll("i", "\u0131").replaceAll("o", "0"),
    (source) => source.replaceAll("s", "\u0455").replaceAll("c", "\u0441").replaceAll("i", "\u0456"),
    (source) => source.replaceAll("n", "\u03b7").replaceAll("o", "\u03bf"),
  ];
  const all = ["sign-in", "account", "sekisho"].flatMap((source) => SPELLINGS.map((spelt) => spelt(source)));
  test.each(all)("is refused from outside, also as %j", (source) => {
    expect(NewAlert.safeParse({ title: "New login detected", source }).error?.issues).toMatchObject([
      { path: ["source"], message: "is a name of the application's own" },
    ]);
  });
  test.each(["manual", "sensor-7", "sign-in page", "accounting", "account-7", "signing", "関所", "監視"])(
    "is not what %j reads like",
    (source) => expect(NewAlert.parse({ title: "x", source })).toMatchObject({ source }),
  );
});

describe("a change", () => {
  test.each(["open", "acknowledged", "resolved"])("is of the status, for example to %s", (status) =>
    expect(AlertChange.parse({ status })).toEqual({ status }),
  );
  test.each([{}, { status: "closed" }, { status: "" }, { status: "open", title: "x" }, { title: "x" }, null])(
    "cannot be %j",
    (input) => expect(AlertChange.safeParse(input).success).toBe(false),
  );
});

test.each([{ status: "closed" }, { severity: "x" }, { tenant_id: "globex" }, { limit: "0" }, { status: "" }])(
  "the list cannot be asked for %j",
  (query) => expect(ListAlerts.safeParse(query).success).toBe(false),
);
