import assert from "node:assert/strict";

/** Expects a refusal with this name and, if given, exactly this message or one that matches. */
export async function refused(
  request: Promise<unknown>,
  name: string,
  words?: RegExp | string,
): Promise<void> {
  const { name: actual, message } = await request.then(
    (value) => new Error(`It was done: ${JSON.stringify(value)?.slice(0, 200)}`),
    (reason: Error) => reason,
  );
  assert.equal(actual, name, `${actual}: ${message}`);
  if (typeof words === "string") assert.equal(message, words);
  else if (words) assert.match(message, words);
}

export const notAuthorized = (request: Promise<unknown>, words?: RegExp | string) =>
  refused(request, "NotAuthorizedException", words);
export const invalidParameter = (request: Promise<unknown>, words?: RegExp | string) =>
  refused(request, "InvalidParameterException", words);
