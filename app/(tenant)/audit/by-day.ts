/** Entries of the same day together, in the order they came in. @param dayOf the day as its reader has it. */
export function byDay<Entry extends { created_at: string }>(
  entries: Entry[],
  dayOf: (at: Date) => string,
): Map<string, Entry[]> {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = dayOf(new Date(entry.created_at));
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return days;
}
