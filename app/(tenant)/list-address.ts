type Asked = Record<string, string | string[] | undefined>;

/** What an address asks of a list, without what a form left empty. */
export function askedOf(searchParams: Asked): Record<string, string> {
  return Object.fromEntries(
    Object.entries(searchParams).filter(
      (pair): pair is [string, string] => typeof pair[1] === "string" && pair[1].trim() !== "",
    ),
  );
}

/** The address of a list with these filters. */
export function listAddress(path: string, query: Record<string, string | undefined>): string {
  const given = askedOf(query);
  return Object.keys(given).length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
