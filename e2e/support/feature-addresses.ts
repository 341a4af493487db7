import type { Api } from "./api";

/** What the address of a feature's page can say: `e2e/<feature>/addresses.ts` says it. */
export type FeatureAddresses = {
  /** The names of its parameters, by its contract. */
  parameters: readonly string[];
  /** Some values of each, of things that there are and others. @param api of an administrator of the tenant. */
  values: (api: Api) => Promise<Record<string, readonly string[]>>;
};

/** The parameters of a list that are in its page's address, too. */
export function parametersOf({ shape }: { shape: object }, ...others: string[]): string[] {
  return Object.keys(shape).filter((name) => !others.includes(name));
}

/** The cursor of a list's second page, or one that is made up where there is no such page. */
export async function cursorOf(api: Api, path: string): Promise<string> {
  const link = (await api.get(`${path}?limit=1`)).headers.get("link") ?? "";
  return new URL(/<([^>]*)>/.exec(link)?.[1] ?? "/", api.url).searchParams.get("cursor") ?? "made-up";
}
