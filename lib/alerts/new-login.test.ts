import { expect, test } from "vitest";
import { newLoginAlert, newLoginOf } from "./new-login";

test.each([
  { userAgent: "Mozilla/5.0 (X11; Linux x86_64), address 192.0.2.1.", address: "2001:db8::7" },
  { userAgent: "node", address: "unknown" },
  { userAgent: "", address: "203.0.113.7" },
])("what is told of a sign-in is read back: %j", (login) => {
  expect(newLoginOf(newLoginAlert(login))).toEqual(login);
});

test("an alert that only looks alike is no sign-in", () => {
  const alert = newLoginAlert({ userAgent: "node", address: "unknown" });
  expect(newLoginOf({ ...alert, source: "manual" })).toBeNull();
  expect(newLoginOf({ ...alert, title: "New login" })).toBeNull();
  expect(newLoginOf({ ...alert, detail: "At the gate" })).toBeNull();
});
