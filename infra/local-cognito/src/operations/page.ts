import { invalidParameter } from "../model/failures";

/**
 * One page of a list, and the token of the next as `NextToken`.
 *
 * @param idOf what names an item for good: a token stays good while items come and go.
 * @param asked.token as it was given out, or undefined for the first page.
 * @throws InvalidParameterException for a token that is not one of these.
 */
export function page<T>(
  items: T[],
  idOf: (item: T) => string,
  { limit, token }: { limit?: number | undefined; token?: string | undefined },
): { items: T[]; next: { NextToken?: string } } {
  const size = limit || 60;
  const start = token === undefined ? 0 : items.findIndex((item) => idOf(item) === decode(token)) + 1;
  if (token !== undefined && start === 0) throw invalidParameter("Invalid pagination token");
  const shown = items.slice(start, start + size);
  const last = shown.at(-1);
  if (last === undefined || start + size >= items.length) return { items: shown, next: {} };
  return { items: shown, next: { NextToken: Buffer.from(idOf(last)).toString("base64url") } };
}

const decode = (token: string) => Buffer.from(token, "base64url").toString();
