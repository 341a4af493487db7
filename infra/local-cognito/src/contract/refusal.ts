import { expect } from "vitest";

/** Expects a refusal of this name and, where it is given, with words like these. */
export async function refused(request: Promise<unknown>, name: string, words?: RegExp): Promise<void> {
  const outcome = await request.then(
    (value) => `It was done: ${JSON.stringify(value)?.slice(0, 200)}`,
    (reason: unknown) => reason,
  );
  expect(outcome).toMatchObject({ name });
  if (words) expect(String((outcome as Error).message)).toMatch(words);
}
