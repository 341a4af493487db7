import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { type AuditEvent, groupsOf } from "@/lib/audit/contract";
import { ACTIONS } from "@/lib/features";
import { messagesIn } from "../../words/messages";
import { nameKey, sentenceOf } from "./sentence";

function event(action: string, detail: AuditEvent["detail"] = {}): AuditEvent {
  return {
    id: "01980a3c-5d2e-7b41-9f60-3c8e1d7a2b54",
    created_at: "2026-11-21T08:30:00.000Z",
    action,
    outcome: "done",
    actor: { sub: "x", name: "alice@acme.example", display_name: null, role: "admin" },
    subject: { id: "y", label: "zoe@acme.example", display_name: null },
    detail,
    address: null,
    tenant_id: "acme",
  };
}

const messages = await messagesIn("en");
const inEnglish = { locale: "en", messages } as const;
const words: Parameters<typeof sentenceOf>[1] = {
  audit: createTranslator({ ...inEnglish, namespace: "audit" }),
  sentences: createTranslator({ ...inEnglish, namespace: "auditSentences" }),
  roles: createTranslator({ ...inEnglish, namespace: "roles" }),
  browser: createTranslator({ ...inEnglish, namespace: "browser" }),
};

/** The whole sentence. */
const told = (event: AuditEvent) =>
  sentenceOf(event, words)
    .map(({ text }) => text)
    .join("");

test("every action has a sentence of its own", () => {
  const sentences = ACTIONS.map((action) => told(event(action)));
  expect(new Set(sentences).size).toBe(ACTIONS.length);
  for (const sentence of sentences) expect(sentence).toMatch(/alice@|zoe@/);
});

test("what whoever runs the platform did to a tenant is told as theirs", () => {
  const renamed = {
    ...event("tenant.renamed"),
    actor: null,
    subject: { id: "acme", label: "Acme Ltd", display_name: null },
  };
  expect(told(renamed)).toBe(`${messages.audit.platform} gave this tenant the name Acme Ltd`);
});

test.each([
  [event("member.invited", { role: "viewer" }), "alice@acme.example invited zoe@acme.example as viewer"],
  [
    event("member.role_changed", { from: "member", to: "admin" }),
    "alice@acme.example changed the role of zoe@acme.example from member to admin",
  ],
  [
    event("sign_in.succeeded", { way: "hosted_ui", new_device: true }),
    "alice@acme.example signed in through single sign-on, on a new device",
  ],
  [
    event("single_sign_on.domain_removed", { users: 2 }),
    "alice@acme.example removed the domain zoe@acme.example, which ended the access of 2 people",
  ],
  [
    event("single_sign_on.refused", { why: "not of the tenant's domains" }),
    "A sign-in of the identity provider as zoe@acme.example was not accepted: the address is of no proved domain",
  ],
  [
    event("single_sign_on.refused", { why: "no group of the newcomers' role" }),
    "A sign-in of the identity provider as zoe@acme.example was not accepted: the user pool has no group for the role of newcomers: ask whoever runs this service",
  ],
  [event("single_sign_on.domain_removed"), "alice@acme.example removed the domain zoe@acme.example"],
  [
    event("sign_in.refused", { way: "form", code: "code_rejected" }),
    "Somebody tried to sign in as zoe@acme.example with a wrong code",
  ],
  [
    event("sign_in.refused", { way: "form", code: "password_reset_required" }),
    "Somebody tried to sign in as zoe@acme.example with a password that was reset",
  ],
  [
    {
      ...event("member.removed"),
      actor: { sub: "x", name: null, display_name: null, role: "operator" as const },
    },
    "An unnamed operator removed zoe@acme.example",
  ],
  [
    { ...event("member.moved_in", { role: "viewer" }), actor: null },
    "Whoever runs the platform moved zoe@acme.example into this tenant, as viewer",
  ],
  [
    { ...event("member.role_changed", { from: "viewer", to: "admin" }), actor: null },
    "Whoever runs the platform changed the role of zoe@acme.example from viewer to admin",
  ],
  [event("member.painted"), "alice@acme.example: member.painted"],
])("%# is told as a person would say it", (event, sentence) => {
  expect(told(event)).toBe(sentence);
});

test("a sentence says which of its words are who did it, and to what", () => {
  const name = "zoe\uE002 \uE000@acme.example";
  const removed = { ...event("member.removed"), subject: { id: "y", label: name, display_name: null } };
  expect(sentenceOf(removed, words)).toEqual([
    { is: "who", text: "alice@acme.example" },
    { is: null, text: " removed " },
    { is: "what", text: "zoe @acme.example" },
  ]);
  expect(sentenceOf({ ...event("sign_in.refused"), actor: null }, words)[0]).toMatchObject({ is: null });
});

test("who has a name is called by it", () => {
  const invited = event("member.invited", { role: "viewer" });
  const actor = { sub: "x", name: "alice@acme.example", display_name: "Alice Mori", role: "admin" as const };
  const subject = { id: "y", label: "zoe@acme.example", display_name: "Zoe Ito" };
  expect(told({ ...invited, actor, subject })).toBe("Alice Mori invited Zoe Ito as viewer");
});

test("every action and every group of them has a name", () => {
  const keys = [...ACTIONS, ...groupsOf(ACTIONS)].map(nameKey);
  expect(keys.filter((key) => !(key in messages.auditNames))).toEqual([]);
});
