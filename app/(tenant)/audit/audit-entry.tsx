import { listAddress } from "../list-address";
import type { ShownEntry } from "./shown-entry";

type Props = { entry: ShownEntry; words: { onlyActor: string; details: string }; onOpen: () => void };

/** What was done and when. Who did it leads to what else they did, what it was done to leads there. */
export function AuditEntry({ entry, words, onOpen }: Props) {
  const { event, sentence, time, aside, mark, href } = entry;
  const { actor } = event;
  const link = "py-3 font-medium underline decoration-line underline-offset-4 hover:decoration-current";
  return (
    <li className="flex gap-4 py-3 pr-2 pl-4 text-sm hover:bg-raised/60 sm:pl-5">
      <span className="w-9 shrink-0 text-right text-muted tabular-nums">
        <time dateTime={event.created_at}>{time}</time>
      </span>
      <div className="min-w-0 flex-1 lg:flex lg:flex-wrap lg:items-baseline lg:justify-between lg:gap-x-4">
        <p className="min-w-0 wrap-anywhere lg:flex-1 lg:basis-80">
          {sentence.map(({ is, text }) =>
            is === "who" && actor ? (
              <a
                key="who"
                href={listAddress("/audit", { actor: actor.name ?? actor.sub })}
                title={words.onlyActor}
                className={link}
              >
                <bdi>{text}</bdi>
              </a>
            ) : is === null ? (
              text
            ) : (
              <strong key={is} className="font-semibold">
                {href === null ? (
                  <bdi>{text}</bdi>
                ) : (
                  <a href={href} className={link}>
                    <bdi>{text}</bdi>
                  </a>
                )}
              </strong>
            ),
          )}
        </p>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted max-lg:mt-1">
          {mark !== null && (
            <span
              className={`rounded-full border px-2 py-0.5 font-medium ${event.outcome === "refused" ? "border-danger/40 text-danger" : "border-warning/40 text-warning"}`}
            >
              {mark}
            </span>
          )}
          {aside}
        </p>
      </div>
      <button
        type="button"
        onClick={onOpen}
        className="-my-3 min-h-11 shrink-0 rounded-lg px-2 text-xs text-muted underline decoration-line underline-offset-4 hover:text-ink hover:decoration-current print:hidden"
      >
        {words.details}
      </button>
    </li>
  );
}
