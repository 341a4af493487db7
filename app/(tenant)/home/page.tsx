import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ComponentType } from "react";
import type { HomeActs } from "@/lib/feature";
import { FEATURES } from "@/lib/features";
import { currentTenant } from "../../current-tenant";
import type { Words } from "../../words/messages";
import { unsteered } from "../../words/unsteered";
import { ownEventTeller } from "../audit/event-teller";
import { subjectAddress } from "../audit/subject-address";
import { OfTenant } from "../of-tenant";
import { PageTitle } from "../page-title";
import { offersFor } from "../palette/offers-for";
import type { ShownActs } from "./acts";
import { BeginLinks } from "./begin-links";
import { FirstSteps } from "./first-steps";
import { Parts } from "./parts";

const SHOWN = 5;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("home"))("title") };
}

/** What needs attention now, of every feature, and what one did last. Each asks for a handful of rows, all at once. */
export default async function HomePage() {
  const tenant = await currentTenant();
  // Taken before reading: what changes during the reading is heard.
  const since = new Date().toISOString();
  const t = await getTranslations("home");
  const word = (key: string, values?: { count?: number; name?: string }) =>
    t(key as keyof Words["home"], values);
  const tell = await ownEventTeller();
  const [all, stepsOf, live] = await Promise.all([
    Promise.all(FEATURES.map(({ home }) => home?.(tenant, SHOWN) ?? [])),
    Promise.all(FEATURES.map(({ firstSteps }) => firstSteps?.(tenant) ?? [])),
    Promise.all(FEATURES.filter(({ hasLiveHome }) => hasLiveHome).map(({ name }) => liveHome(name))),
  ]);
  const steps = stepsOf.flat();
  const isNew = steps.some(({ isDone, isOwn }) => !isDone && !isOwn);
  const toDo = isNew ? steps.filter(({ isDone }) => !isDone) : [];
  const parts = (["attention", "work"] as const).flatMap((kind) =>
    all.flat().filter((part) => part.kind === kind),
  );
  const actsIn = ({ address, overtaken, each }: HomeActs, name: string): ShownActs => ({
    address,
    overtaken: word(overtaken),
    each: each.map(({ body, undo, ...said }) => ({
      label: word(said.label),
      named: word(said.named, { name }),
      done: word(said.done, { name }),
      body,
      undo: undo && { label: word(undo.label), done: word(undo.done, { name }), body: undo.body },
    })),
  });
  return (
    <OfTenant>
      <PageTitle title={t("title")}>
        {/* What stands among the first steps stands there alone. */}
        <BeginLinks
          begun={offersFor(tenant).begun.filter(({ href }) => !toDo.some((step) => step.href === href))}
        />
      </PageTitle>
      {live.map((Live) => (
        <Live key={Live.name} since={since} />
      ))}
      {isNew && <FirstSteps steps={steps} />}
      <Parts
        parts={parts.map(({ title, count, isUrgent, more, none, lines }) => ({
          title: word(title, { count }),
          isUrgent,
          more: more && { href: more.href, label: word(more.label) },
          none: word(none, { count }),
          lines: lines.map((line) => ({
            id: line.id,
            text: "event" in line ? tell(line.event) : line.text,
            person: "event" in line ? undefined : line.person,
            href: "event" in line ? (subjectAddress(line.event, tenant) ?? undefined) : line.href,
            note: line.note && word(line.note),
            iso: line.at,
            acts: line.acts && "text" in line ? actsIn(line.acts, unsteered(line.text)) : undefined,
          })),
        }))}
      />
    </OfTenant>
  );
}

/** What a feature has in its folder of pages to hear of changes. */
async function liveHome(feature: string): Promise<ComponentType<{ since: string }>> {
  const { LiveHome } = (await import(`../${feature}/live-home`)) as {
    LiveHome: ComponentType<{ since: string }>;
  };
  return LiveHome;
}
