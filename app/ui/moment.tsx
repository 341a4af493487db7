import { useFormatter } from "next-intl";

type Props = {
  iso: string;
  /** The date is shown next to it already. */
  timeOnly?: boolean;
};

/**
 * A moment for people, in their language and time zone; `iso` is for machines. Server and browser may differ in a
 * space or a comma, as their data about languages are of different years: what the server wrote stays.
 */
export function Moment({ iso, timeOnly = false }: Props) {
  const format = useFormatter();
  const date = new Date(iso);
  return (
    <time
      dateTime={iso}
      className="inline-block"
      suppressHydrationWarning
      title={format.dateTime(date, { dateStyle: "full", timeStyle: "long" })}
    >
      {format.dateTime(date, {
        ...(!timeOnly && { dateStyle: "medium" }),
        timeStyle: "short",
        hourCycle: "h23",
      })}
    </time>
  );
}
