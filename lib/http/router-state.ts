import { z } from "zod";

/** Deeper than any tree of pages here; a page of ours sends three or four. */
const MAX_DEPTH = 30;

const Segment = z.union([
  z.string(),
  z.tuple([z.string(), z.string(), z.string(), z.array(z.string()).nullable().optional()]),
]);
const Route = z.tuple([Segment, z.record(z.string(), z.unknown())]).rest(z.unknown());

/**
 * Whether the header by which Next's router says what a page shows is one: Next answers 500 to what it cannot read.
 * Not as strict as Next, which changes it from release to release.
 *
 * @param header `Next-Router-State-Tree`: JSON, percent-encoded.
 */
export function isRouterState(header: string): boolean {
  try {
    return isRoute(JSON.parse(decodeURIComponent(header)), 0);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof URIError) return false;
    throw error;
  }
}

function isRoute(value: unknown, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  const route = Route.safeParse(value);
  return route.success && Object.values(route.data[1]).every((child) => isRoute(child, depth + 1));
}
