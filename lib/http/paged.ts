import { type JsonAnswer, json } from "./json";

/** A page as a JSON array; the next one is a relative `Link` (RFC 8288), so that no host header shows up in it. */
export function paged(
  { rows, next }: { rows: unknown[]; next: string | null },
  request: Request,
): JsonAnswer {
  const answer = json(rows);
  if (next !== null) {
    const { pathname, searchParams } = new URL(request.url);
    searchParams.set("cursor", next);
    answer.headers.set("Link", `<${pathname}?${searchParams}>; rel="next"`);
  }
  return answer;
}
