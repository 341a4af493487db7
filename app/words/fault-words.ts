import type { createTranslator, Messages } from "next-intl";
import type { FaultCode, FieldError } from "@/lib/field-error";
import type { Words } from "./messages";

export type FaultTranslator = ReturnType<typeof createTranslator<Messages, "faults">>;

/** Every code has words, or this does not compile. */
const INVALID: FaultCode & keyof Words["faults"] = "invalid";
type Worded = FaultCode extends keyof Words["faults"] ? keyof Words["faults"] : never;

/** What is wrong with a field, for the person who filled it in; of a newer server's codes, that it is not valid. */
export function faultWords(
  t: FaultTranslator,
  { code, params }: Pick<FieldError, "code" | "params">,
): string {
  // What every object has by itself is no word.
  const key: Worded = t.has(code) && typeof t.raw(code) === "string" ? code : INVALID;
  return t(key, params as never);
}
