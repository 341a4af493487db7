import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ComponentType, ReactNode } from "react";
import type { Person } from "@/lib/auth/tenancy/person";
import { FEATURES } from "@/lib/features";
import { currentTenant } from "../../current-tenant";
import { Link } from "../../ui/link";
import { Moment } from "../../ui/moment";
import type { Words } from "../../words/messages";
import { ownEventTeller } from "../audit/event-teller";
import { subjectAddress } from "../audit/subject-address";
import { OfTenant } from "../of-tenant";
import { PersonName } from "../person-name";
import { FirstSteps } from "./first-steps";

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
  const word = (key: string, values?: { count: number }) => t(key as keyof Words["home"], values);
  const tell = await ownEventTeller();
  const [all, steps, live] = await Promise.all([
    Promise.all(FEATURES.map(({ home }) => home?.(tenant, SHOWN) ?? [])),
    Promise.all(FEATURES.map(({ firstSteps }) => firstSteps?.(tenant) ?? [])),
    Promise.all(FEATURES.filter(({ hasLiveHome }) => hasLiveHome).map(({ name }) => liveHome(name))),
  ]);
  const parts = (["attention", "work"] as const).flatMap((kind) =>
    all.flat().filter((part) => part.kind === kind),
  );
  return (
    <OfTenant>
      <h1 className="text-2xl font-semibold">{t("title")}</h1>
      {live.map((Live) => (
        <Live key={Live.name} since={since} />
      ))}
      <FirstSteps steps={steps.flat()} />
      <div className="grid grid-cols-1 items-start gap-6 md:grid-cols-2">
        {parts.map(({ title, count, isUrgent, more, none, lines }, index) => (
          <Part
            key={title}
            title={word(title, { count })}
            isUrgent={isUrgent}
            more={more && { href: more.href, label: word(more.label) }}
            none={word(none, { count })}
            isWide={index === parts.length - 1 && index % 2 === 0}
          >
            {lines.map((line) => (
              <Line
                key={line.id}
                text={"event" in line ? tell(line.event) : line.text}
                person={"event" in line ? undefined : line.person}
                href={"event" in line ? (subjectAddress(line.event, tenant) ?? undefined) : line.href}
                note={line.note && word(line.note)}
                iso={line.at}
              />
            ))}
          </Part>
        ))}
      </div>
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

type PartProps = {
  title: string;
  more: { href: string; label: string } | undefined;
  /** What stands there instead of lines. */
  none: string;
  isUrgent?: boolean | undefined;
  isWide?: boolean;
  children: ReactNode[];
};

function Part({ title, more, none, isUrgent = false, isWide = false, children }: PartProps) {
  return (
    <section
      className={`rounded-xl border bg-surface ${isUrgent ? "border-danger/50" : "border-line"} ${isWide ? "md:col-span-2" : ""}`}
    >
      <div className="flex items-center justify-between gap-4 border-b border-line pl-4 sm:pl-5 min-h-11">
        <h2 className={`py-2 text-sm font-semibold ${isUrgent ? "text-danger" : ""}`}>{title}</h2>
        {more && (
          <Link
            href={more.href}
            className="inline-flex min-h-11 shrink-0 items-center px-4 text-sm sm:px-5 text-muted hover:text-ink hover:underline"
          >
            {more.label}
          </Link>
        )}
      </div>
      {children.length === 0 ? (
        <p className="px-4 py-6 text-sm text-muted sm:px-5">{none}</p>
      ) : (
        <ul className="divide-y divide-line">{children}</ul>
      )}
    </section>
  );
}

type LineProps = {
  text: string;
  person?: Person | undefined;
  iso: string;
  href?: string | undefined;
  note?: string | undefined;
};

function Line({ text, person, iso, href, note }: LineProps) {
  const words = person ? (
    <>
      <PersonName person={person} /> <bdi className="font-normal text-muted">{text}</bdi>
    </>
  ) : (
    <bdi>{text}</bdi>
  );
  return (
    <li className="flex min-h-11 flex-wrap items-baseline justify-between gap-x-4 px-4 py-2.5 text-sm sm:px-5">
      {href ? (
        <Link
          href={href}
          className="-my-2.5 min-w-0 flex-1 basis-40 truncate py-3 font-medium hover:underline"
        >
          {words}
        </Link>
      ) : (
        <p className="min-w-0 flex-1 basis-40 wrap-anywhere">{words}</p>
      )}
      <p className="shrink-0 text-xs text-muted tabular-nums">
        {note && `${note} · `}
        <Moment iso={iso} />
      </p>
    </li>
  );
}
