import { FEATURES } from "../../lib/features";
import { isOfTenant, type Operation } from "../../lib/operation";
import { matrixOf } from "./matrix";

/** An operation that makes something. Each body makes another one where there may be but one of it. */
export type Create = { path: string; operation: Operation; body: () => Record<string, unknown> };

/** All there are in a tenant's lists, of whichever feature, for administrators. */
export const CREATES: readonly Create[] = FEATURES.flatMap(({ name, operations }) =>
  Object.values(operations)
    .filter(({ method, answer, access }) => isOfTenant(access) && method === "POST" && answer.status === 201)
    .filter(({ path }) => !path.includes("{"))
    .map((operation) => ({ path: operation.path, operation, body: () => bodyOf(name, operation.id) })),
);

function bodyOf(feature: string, id: string): Record<string, unknown> {
  const body = matrixOf(feature).bodies?.[id]?.("");
  if (typeof body !== "object") throw new Error(`e2e/${feature}/matrix.ts has no body for ${id}`);
  return { ...body };
}
