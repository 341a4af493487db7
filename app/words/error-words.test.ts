import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { messagesIn } from "./messages";

const messages = await messagesIn("en");

import { type ErrorTranslator, errorWords } from "./error-words";
import { fieldFault } from "./field-fault";

const t: ErrorTranslator = createTranslator({ locale: "en", messages, namespace: "errors" });

test.each([
  ["invalid_credentials", "That e-mail and password do not match."],
  ["rate_limited:270", "Too many tries. Try again in 5 minutes."],
  ["rate_limited:30", "Too many tries. Try again in a minute."],
  ["rate_limited", "Too many tries. Try again in a minute."],
  ["OAuthCallback", messages.errors.other_page],
  ["code_rejected:the API's own words", messages.errors.code_rejected],
  ["", messages.errors.unknown],
  ["made up <b>by</b> somebody", messages.errors.unknown],
  ["constructor", messages.errors.unknown],
])("%s", (error, words) => {
  expect(errorWords(t, error)).toBe(words);
});

test.each([
  ["must not be empty", "required"],
  ["must have at most 200 characters", "too_long"],
  ["Invalid email address", "email"],
  ["Password not long enough", "password_short"],
  ["Password must have uppercase characters", "password_uppercase"],
  ["This is not your password.", "wrong_password"],
  ["This code is not right, or too old. Ask for a new one.", "old_code"],
  ["something that nobody thought of", "invalid"],
])("of a field: %s", (said, fault) => {
  expect(fieldFault(said)).toBe(fault);
});
