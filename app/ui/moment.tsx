import { useFormatter } from "next-intl";

/** A moment for people, in their language and time zone; `iso` is for machines. */
export function Moment({ iso }: { iso: string }) {
  const format = useFormatter();
  const date = new Date(iso);
  return (
    <time dateTime={iso} title={format.dateTime(date, { dateStyle: "full", timeStyle: "long" })}>
      {format.dateTime(date, { dateStyle: "medium", timeStyle: "short" })}
    </time>
  );
}
