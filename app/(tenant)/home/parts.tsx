"use client";

import type { Person } from "@/lib/auth/tenancy/person";
import { Link } from "../../ui/link";
import { Moment } from "../../ui/moment";
import { PersonName } from "../person-name";
import { Acts, type ShownActs } from "./acts";

/** What a feature has for the start page, in the words of who reads it. */
type ShownPart = {
  title: string;
  more?: { href: string; label: string } | undefined;
  /** What stands there instead of lines. */
  none: string;
  isUrgent?: boolean | undefined;
  lines: ShownLine[];
};
type ShownLine = {
  id: string;
  text: string;
  person?: Person | undefined;
  iso: string;
  href?: string | undefined;
  note?: string | undefined;
  acts?: ShownActs | undefined;
};

/** Side by side where there is room for it. They are sent as words: as elements they would go to the browser twice. */
export function Parts({ parts }: { parts: ShownPart[] }) {
  return (
    <div className="grid grid-cols-1 items-start gap-6 md:grid-cols-2">
      {parts.map((part, index) => (
        <Part key={part.title} {...part} isWide={index === parts.length - 1 && index % 2 === 0} />
      ))}
    </div>
  );
}

function Part({ title, more, none, isUrgent = false, lines, isWide }: ShownPart & { isWide: boolean }) {
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
      {lines.length === 0 ? (
        <p className="px-4 py-6 text-sm text-muted sm:px-5">{none}</p>
      ) : (
        <ul className="divide-y divide-line">
          {lines.map((line) => (
            <Line key={line.id} {...line} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Line({ text, person, iso, href, note, acts }: ShownLine) {
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
      {acts && <Acts {...acts} />}
    </li>
  );
}
