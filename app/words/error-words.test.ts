import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { messagesIn } from "./messages";

const messages = await messagesIn("en");

import { type ErrorTranslator, errorWords } from "./error-words";

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
