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
