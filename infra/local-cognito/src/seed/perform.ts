import { CognitoFailure } from "../model/failures";
import { withoutNulls } from "../operations/operation";
import { refusedFor } from "../operations/validation";
import { operationNamed } from "../protocol/dispatch";
import type { Cognito } from "../store/cognito";
import { pathOf } from "./format";
import { SeedError } from "./seed";

/**
 * Carries out an operation as the API would, but takes no member that it does not know.
 *
 * @param at where in the seed its input is
 * @throws SeedError
 */
export async function perform(
  cognito: Cognito,
  [name, input]: [operation: string, input: Record<string, unknown>],
  at: PropertyKey[],
): Promise<object> {
  const operation = operationNamed(name);
  if (!operation) throw new SeedError(`${pathOf(at)}: the local Cognito has no ${name}.`);
  const { data, error } = await refusedAt(at, () =>
    operation.input.safeParse(withoutNulls(input), { reportInput: true }),
  );
  const unknown = unknownIn(input, data);
  if (unknown) throw new SeedError(`${pathOf([...at, ...unknown])} is not known.`);
  const fault = error ? refusedFor(error.issues).path : [];
  return await refusedAt([...at, ...fault], () => operation.run(cognito, input));
}

/** What the work gives; a refusal of Cognito's says where in the seed it came from. @throws SeedError */
export async function refusedAt<T>(at: PropertyKey[], work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CognitoFailure)) throw error;
    throw new SeedError(`${pathOf(at)}: ${error.name}: ${error.message}`);
  }
}

/** The path of the first member that did not come through the schema. */
function unknownIn(input: unknown, parsed: unknown): PropertyKey[] | undefined {
  if (typeof input !== "object" || input === null || typeof parsed !== "object" || parsed === null)
    return undefined;
  for (const [key, value] of Object.entries(input)) {
    if (value === undefined || value === null) continue;
    const step = Array.isArray(input) ? Number(key) : key;
    if (!Object.hasOwn(parsed, key)) return [step];
    const below = unknownIn(value, (parsed as Record<string, unknown>)[key]);
    if (below) return [step, ...below];
  }
  return undefined;
}
