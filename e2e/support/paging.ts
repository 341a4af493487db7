import type { Answer, Api } from "./api";

/** The address of the page after this one (RFC 8288), if there is one. */
export function nextPage({ headers }: Answer): string | undefined {
  return /^<([^>]+)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1];
}

/** Every row of a list, page by page. */
export async function allRows(api: Api, path: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (let next: string | undefined = path; next; ) {
    const answer: Answer = await api.get(next);
    if (!Array.isArray(answer.body)) throw new Error(`${next} is no list: ${answer.text.slice(0, 200)}`);
    rows.push(...answer.body);
    next = nextPage(answer);
  }
  return rows;
}
