import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { readErrorParameter } from "@/lib/auth/sign-in/error-parameter";
import { type ErrorTranslator, errorWords } from "./error-words";
import { messagesIn } from "./messages";

const messages = await messagesIn("en");

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
  expect(errorWords(t, readErrorParameter(error))).toBe(words);
});
