import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { FAULTS, type FaultCode } from "@/lib/field-error";
import { type FaultTranslator, faultWords } from "./fault-words";
import { messagesIn } from "./messages";

const translators = await Promise.all(
  (["en", "ja"] as const).map(async (locale) => {
    const messages = await messagesIn(locale);
    const t: FaultTranslator = createTranslator({ locale, messages, namespace: "faults" });
    return [locale, t] as const;
  }),
);

test.each(translators)("every fault of a field has words of its own in %s", (_, t) => {
  const params = { minimum: 2, maximum: 200 };
  const words = (Object.keys(FAULTS) as FaultCode[]).map((code) => faultWords(t, { code, params }));
  expect(new Set(words).size).toBe(words.length);
  expect(words.filter((each) => each.trim() === "")).toEqual([]);
});

test.each(translators)("what goes with a fault is said in %s", (_, t) => {
  expect(faultWords(t, { code: "too_long", params: { maximum: 2_000 } })).toContain("2,000");
});

test.each(translators)("what a newer server calls a fault is not valid, in %s", (_, t) => {
  for (const code of ["of_tomorrow", "constructor", "a.b", ""])
    expect(faultWords(t, { code })).toBe(t("invalid"));
});
