import { expect } from "vitest";

/** Expects a refusal of this name and, where they are given, with exactly these words or with some like these. */
export async function refused(
  request: Promise<unknown>,
  name: string,
  words?: RegExp | string,
): Promise<void> {
  const outcome = await request.then(
    (value) => `It was done: ${JSON.stringify(value)?.slice(0, 200)}`,
    (reason: unknown) => reason,
  );
  expect(outcome).toMatchObject({ name });
  const { message } = outcome as Error;
  if (typeof words === "string") expect(message).toBe(words);
  else if (words) expect(message).toMatch(words);
}
