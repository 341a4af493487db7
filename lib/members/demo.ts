import { and, eq } from "drizzle-orm";
import { members } from "../db/schema";
import type { DemoEvent, DemoPerson, DemoTenant } from "../demo-tenant";

/** For how long sign-ins are told. */
const DAYS = 14;
const BROWSERS = [
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
  "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
];
const subjectOf = ({ sub, email }: DemoPerson) => ({ id: sub, label: email });

/** How the members came, when they were here, and one sign-in that an administrator should look at. */
export async function demo(tenant: DemoTenant): Promise<DemoEvent[]> {
  const [first] = tenant.people.filter(({ role }) => role === "admin");
  if (!first) return [];
  const events: DemoEvent[] = [];
  for (const [turn, person] of tenant.people.entries())
    events.push(...(await tellOf(tenant, first, person, turn)));
  return events;
}

async function tellOf(
  { tx, tenantId, ago, after }: DemoTenant,
  first: DemoPerson,
  person: DemoPerson,
  turn: number,
): Promise<DemoEvent[]> {
  const { sub, role, status } = person;
  const subject = subjectOf(person);
  const createdAt = status === "invited" ? ago(0.3 + (turn % 3) * 1.4) : ago(55 - turn * 3.3);
  const invitation = { invitedAt: createdAt };
  const events: DemoEvent[] =
    person === first
      ? []
      : [{ by: first, action: "member.invited", subject, detail: { role }, at: createdAt }];
  const signIns = status === "active" ? signInsOf(person, turn, ago) : [];
  const lastSignInAt = signIns.at(-1)?.at ?? (status === "invited" ? null : ago(DAYS + 6.4));
  if (status === "disabled") {
    events.push({ by: first, action: "member.disabled", subject, at: ago(DAYS + 2.2) });
  }
  const whereRow = and(eq(members.tenantId, tenantId), eq(members.sub, sub));
  await tx
    .update(members)
    .set({ createdAt, lastSignInAt, ...(status === "invited" && invitation) })
    .where(whereRow);
  const [odd] = signIns.filter(({ detail }) => detail?.new_device === true);
  const refused = odd ? triesBefore(odd, subject, after) : [];
  return [...events, ...refused, ...signIns];
}

/** One a day, but for days off; the oldest first. */
function signInsOf(by: DemoPerson, turn: number, ago: DemoTenant["ago"]): DemoEvent[] {
  return Array.from({ length: DAYS }, (_, index) => DAYS - 1 - index)
    .filter((day) => (day + turn) % 3 === 0)
    .map((day) => ({
      by,
      action: "sign_in.succeeded" as const,
      detail: {
        way: "form",
        // Of the last one who comes to the office: somebody found their password after a few tries.
        new_device: turn === 4 && day <= 3,
        user_agent: BROWSERS[turn % BROWSERS.length] ?? "",
      },
      at: ago(day + 0.5 + (turn % 5) / 12),
    }));
}

function triesBefore(odd: DemoEvent, subject: DemoEvent["subject"], after: DemoTenant["after"]): DemoEvent[] {
  return [-11, -8, -4].map((minutes) => ({
    by: null,
    action: "sign_in.refused",
    outcome: "refused",
    ...(subject && { subject }),
    detail: { code: "invalid_credentials" },
    at: after(odd.at, minutes),
  }));
}
