import type { createTranslator, Messages } from "next-intl";
import type { AuditEvent } from "@/lib/audit/contract";
import type { Words as AllWords } from "../../words/messages";
import { unsteered } from "../../words/unsteered";
import { type BrowserWords, browserName } from "../browser-name";

type Words = {
  audit: ReturnType<typeof createTranslator<Messages, "audit">>;
  sentences: ReturnType<typeof createTranslator<Messages, "auditSentences">>;
  roles: ReturnType<typeof createTranslator<Messages, "roles">>;
  browser: BrowserWords;
};
type Key = keyof AllWords["auditSentences"];
type Role = keyof AllWords["roles"];

const keyOf = (action: string) => action.replace(".", "_") as Key;

/** A piece of a sentence: who did it, to what, or the words between them. */
export type Part = { is: "who" | "what" | null; text: string };

/** Around the names in a sentence while it is put together, wherever a language has them: of no use in any text. */
const MARKS = { who: "\uE000", what: "\uE001", end: "\uE002" };
const MARKED = /(\uE000[^\uE002]*\uE002|\uE001[^\uE002]*\uE002)/;
const mark = (is: "who" | "what", name: string) =>
  MARKS[is] + name.replace(/[\uE000-\uE002]/g, "") + MARKS.end;

/** An event as a sentence, in parts. An action that the catalogs no longer know is shown by its name. */
export function sentenceOf(event: AuditEvent, words: Words): Part[] {
  const parts = markedSentence(event, words).split(MARKED);
  return parts.filter(Boolean).map((text) => {
    const is = (["who", "what"] as const).find((each) => text.startsWith(MARKS[each])) ?? null;
    return { is, text: is ? text.slice(1, -1) : text };
  });
}

function markedSentence({ action, actor, subject, detail }: AuditEvent, words: Words): string {
  const role = (given: unknown) => {
    // To find that there are no words takes an error: most events are about no role.
    if (typeof given !== "string") return "";
    return words.roles.has(given as Role) ? words.roles(given as Role) : given;
  };
  const someone = actor?.role ? role(actor.role) : words.audit("user");
  // What is done to members and tenants, nobody does without being somebody: it was done past the application.
  const nobody = /^(member|tenant)\./.test(action) ? "platform" : "somebody";
  const who =
    actor === null
      ? words.audit(nobody)
      : mark("who", actor.display_name ?? actor.name ?? words.audit("unnamed", { role: someone }));
  if (!words.sentences.has(keyOf(action))) return words.audit("unknownAction", { who, action });
  return words.sentences(keyOf(action), {
    who,
    what: subject ? mark("what", subject.display_name ?? subject.label) : "",
    whom: unsteered(String(detail.name ?? "")),
    way: String(detail.way),
    device: detail.new_device ? "new" : "known",
    code: String(detail.code),
    state: String(detail.state),
    factor: String(detail.preferred),
    before: role(detail.from),
    role: role(detail.role ?? detail.to),
    minutes: Number(detail.session_minutes ?? 0),
    idle: Number(detail.session_idle_minutes ?? 0),
    found: String(detail.found),
    why: String(detail.why ?? "").replace(/[^a-z]+/g, "_"),
    users: Number(detail.users ?? 0),
    browser: browserName(words.browser, String(detail.user_agent ?? "")),
  });
}

/** The key of the words for an action, or for a group of them, in a list of choices. */
export function nameKey(action: string): keyof AllWords["auditNames"] {
  return action.replace(".", "_") as keyof AllWords["auditNames"];
}
