import { expect, test } from "vitest";
import { AppError } from "../../errors";
import { fieldError } from "../../field-error";
import { errorParameter, readErrorParameter } from "./error-parameter";

test.each([
  [new AppError("invalid_credentials"), "invalid_credentials", { code: "invalid_credentials" }],
  [
    new AppError("rate_limited", { retryAfter: 270 }),
    "rate_limited:270",
    { code: "rate_limited", retryAfter: 270 },
  ],
  [
    new AppError("password_rejected", { fields: [fieldError("new_password", "password_short")] }),
    "password_rejected:password_short",
    { code: "password_rejected", fault: "password_short" },
  ],
])("a refusal crosses NextAuth's border whole: %s", (refusal, value, told) => {
  expect(errorParameter(refusal)).toBe(value);
  expect(readErrorParameter(value)).toEqual(told);
});

test.each([
  ["OAuthCallback", { code: "other_page" }],
  ["constructor", { code: "constructor" }],
  ["rate_limited:", { code: "rate_limited" }],
  ["rate_limited:-1", { code: "rate_limited", fault: "-1" }],
  ["", { code: "" }],
])("whatever stands in an address is read: %s", (value, told) => {
  expect(readErrorParameter(value)).toEqual(told);
});
