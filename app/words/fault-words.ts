import type { createTranslator, Messages } from "next-intl";
import type { FaultCode, FieldError } from "@/lib/field-error";
import { hasWords } from "./has-words";
import type { Words } from "./messages";

export type FaultTranslator = ReturnType<typeof createTranslator<Messages, "faults">>;

type Worded<Code extends keyof Words["faults"]> = Code;

/** As it came: a newer server may know more codes. */
type Fault = { code: string; params?: FieldError["params"] };

/** What is wrong with a field, for the person who filled it in; where nobody here knows the code, that it is not valid. */
export function faultWords(t: FaultTranslator, { code, params }: Fault): string {
  // A code without words does not compile.
  const key = code as Worded<FaultCode>;
  return t(hasWords(t, key) ? key : "invalid", params as never);
}
