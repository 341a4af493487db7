import { Item } from "../../lib/items/contract";
import type { Answer, Api } from "./api";

const WRITERS = 4;

/**
 * Writes items, four at a time, and calls `interrupt` once as many as `count` are acknowledged; the writers go on
 * until the server is gone. What it acknowledged is added to `acknowledged`.
 */
export async function writeUntil(
  api: Api,
  acknowledged: Item[],
  count: number,
  interrupt: () => Promise<void>,
): Promise<void> {
  let interrupted: Promise<void> | undefined;
  const write = async () => {
    while (true) {
      const answer = await api.post("/api/items", { name: `Item ${acknowledged.length}` }).catch(() => null);
      if (answer?.status !== 201) return;
      acknowledged.push(Item.parse(answer.body));
      if (acknowledged.length >= count) interrupted ??= interrupt();
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  await interrupted;
}

/** Every item of the caller's tenant, page by page. */
export async function allItems(api: Api): Promise<Item[]> {
  const items: Item[] = [];
  let path: string | undefined = "/api/items?limit=100";
  while (path) {
    const answer: Answer = await api.get(path);
    items.push(...Item.array().parse(answer.body));
    path = nextPage(answer);
  }
  return items;
}

/** The address of the page after this one (RFC 8288), if there is one. */
export function nextPage({ headers }: Answer): string | undefined {
  return /^<([^>]+)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1];
}
