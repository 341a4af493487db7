import { useFormatter, useTranslations } from "next-intl";
import { type PointerEvent, type ReactNode, useState } from "react";
import type { AlertSummary } from "@/lib/alerts/contract";
import type { Severity } from "@/lib/alerts/kinds";
import { Cell, Table } from "../../ui/table";

/** From the ground up: what matters most stands lowest, where heights compare best. */
const STACK: readonly Severity[] = ["critical", "warning", "info"];
const FILL: Record<Severity, string> = {
  critical: "fill-danger",
  warning: "fill-warning",
  info: "fill-control",
};
const OPEN = { critical: "openCritical", warning: "openWarning", info: "openInfo" } as const;
const DOT: Record<Severity, string> = { critical: "bg-danger", warning: "bg-warning", info: "bg-control" };
const [WIDTH, HEIGHT, GAP] = [40, 72, 6];

/** How many alerts were raised on each of the last days, as stacked bars with the numbers of each, and as a table. */
export function AlertChart({ summary: { days, open } }: { summary: AlertSummary }) {
  const t = useTranslations("alerts");
  const format = useFormatter();
  const [shown, show] = useState<number | null>(null);
  const picked = shown === null ? undefined : days[shown];
  const dateOf = (date: string) =>
    format.dateTime(new Date(`${date}T00:00:00Z`), { timeZone: "UTC", month: "short", day: "numeric" });
  const totals = days.map(({ info, warning, critical }) => info + warning + critical);
  const most = Math.max(1, ...totals);
  const all = totals.reduce((sum, each) => sum + each, 0);
  return (
    <section aria-label={t("overview")} className="rounded-xl border border-line bg-surface p-4 sm:p-5">
      {/* Next to the bars, the link to the table is under the counts; the table goes below both. */}
      <div className="grid gap-x-8 md:grid-cols-[auto_minmax(0,28rem)] md:justify-between">
        <dl className="flex flex-wrap gap-x-7 gap-y-2 md:flex-nowrap">
          {STACK.map((severity) => (
            <div key={severity}>
              <dt className="flex items-center gap-1.5 text-xs whitespace-nowrap text-muted">
                <span aria-hidden="true" className={`size-2 rounded-full ${DOT[severity]}`} />
                {t(OPEN[severity])}
              </dt>
              <dd className="mt-0.5 text-2xl font-semibold tabular-nums">{format.number(open[severity])}</dd>
            </div>
          ))}
        </dl>
        <figure className="min-w-0 max-md:hidden md:row-span-2">
          <Days count={days.length} {...{ shown, show }}>
            <svg
              viewBox={`0 0 ${days.length * WIDTH} ${HEIGHT}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={t("chart", { count: all, most: Math.max(0, ...totals) })}
              className="h-18 w-full"
            >
              {days.map((day, index) => (
                <Bar key={day.date} {...{ day, most }} x={index * WIDTH} isShown={index === shown} />
              ))}
            </svg>
          </Days>
          <figcaption
            suppressHydrationWarning
            className="mt-1.5 flex justify-between gap-3 border-t border-line pt-1.5 text-xs text-muted"
          >
            <span>{dateOf(days[0]?.date ?? "")}</span>
            <output className={picked ? "font-medium text-ink" : ""}>
              {picked ? t("ofDay", { ...picked, date: dateOf(picked.date) }) : t("raised", { count: all })}
            </output>
            <span>{t("today")}</span>
          </figcaption>
        </figure>
        <details className="text-sm md:contents open:details-content:mt-3 md:details-content:col-span-2">
          <summary className="-mb-3 inline-flex min-h-11 items-center justify-self-start text-xs text-muted hover:text-ink md:col-start-1 md:row-start-2 md:self-end">
            {t("asTable")}
          </summary>
          <Table caption={t("tableCaption")} columns={[t("day"), ...STACK.map((each) => t(each))]}>
            {days.map((day) => (
              <tr key={day.date} suppressHydrationWarning>
                <Cell>{dateOf(day.date)}</Cell>
                {STACK.map((each) => (
                  <Cell key={each}>{format.number(day[each])}</Cell>
                ))}
              </tr>
            ))}
          </Table>
        </details>
      </div>
    </section>
  );
}

type DaysProps = {
  count: number;
  shown: number | null;
  show: (day: number | null) => void;
  children: ReactNode;
};

/** The days under the pointer or a finger, or by the arrow keys; what there was on one of them is told below. */
function Days({ count, shown, show, children }: DaysProps) {
  const t = useTranslations("alerts");
  const steps: Record<string, number> = {
    ArrowLeft: (shown ?? count) - 1,
    ArrowRight: (shown ?? -1) + 1,
    Home: 0,
    End: count - 1,
  };
  const pointAt = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    show(Math.max(0, Math.min(count - 1, Math.floor(((clientX - left) / width) * count))));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fields are grouped here.
    <div
      role="group"
      aria-label={t("eachDay")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its days are gone through by the arrow keys.
      tabIndex={0}
      onPointerMove={pointAt}
      onPointerDown={pointAt}
      onPointerLeave={({ pointerType }) => pointerType === "mouse" && show(null)}
      onBlur={() => show(null)}
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (step === undefined) return;
        event.preventDefault();
        show(Math.max(0, Math.min(count - 1, step)));
      }}
      className="rounded-sm"
    >
      {children}
    </div>
  );
}

type BarProps = { day: AlertSummary["days"][number]; most: number; x: number; isShown: boolean };

function Bar({ day, most, x, isShown }: BarProps) {
  let ground = HEIGHT;
  return (
    <g>
      <rect
        x={x}
        y={0}
        width={WIDTH}
        height={HEIGHT}
        className={isShown ? "fill-raised" : "fill-transparent"}
      />
      {/* An empty day leaves a mark on the ground. */}
      <rect x={x + GAP} y={HEIGHT - 1.5} width={WIDTH - 2 * GAP} height={1.5} className="fill-line" />
      {STACK.map((severity) => {
        // At least 2 units high: one alert among thousands stays visible.
        const height = day[severity] === 0 ? 0 : Math.max(2, (day[severity] / most) * (HEIGHT - 4));
        ground -= height;
        return (
          <rect
            key={severity}
            x={x + GAP}
            y={ground}
            width={WIDTH - 2 * GAP}
            height={height}
            className={FILL[severity]}
          />
        );
      })}
    </g>
  );
}
