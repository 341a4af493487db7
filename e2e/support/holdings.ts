import type { Api } from "./api";
import { targets } from "./matrix";
import { expect } from "./test";

/** Every list of rows but the log, on which refused tries are put; and what a tenant has one of. */
const WHOLE = targets().flatMap(({ path, operation }) => {
  if (operation?.method !== "GET" || operation.id === "listAudit" || path.includes("{")) return [];
  const { headers = [] } = operation.answer;
  if (headers.includes("Link")) return [`${path}?limit=100`];
  return headers.includes("ETag") ? [path] : [];
});

/**
 * All that a caller may see of their tenant's rows, as one text: it is another one when something has changed. Whether
 * somebody has a second step is written a moment after they have signed in: it is waited for.
 */
export async function holdingsOf(api: Api): Promise<string> {
  let seen: (string | number)[] = [];
  const settled = async () => {
    const answers = await Promise.all(WHOLE.map((path) => api.get(path)));
    expect(answers.flatMap(({ body }) => body).filter(isUnsettled)).toEqual([]);
    seen = answers.map(({ status, text }) => (status === 200 ? text : status));
  };
  await expect(settled).toPass({ timeout: 20_000 });
  return JSON.stringify(seen);
}

function isUnsettled(row: unknown): boolean {
  const { last_sign_in_at, has_second_step } = Object(row) as Record<string, unknown>;
  return typeof last_sign_in_at === "string" && has_second_step === null;
}
