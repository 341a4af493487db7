import { MockProvider } from "./mock-provider/mock-provider";
import { people } from "./mock-provider/people-format";
import { readDocument } from "./seed/document";
import { OptionError, type ServerOptions } from "./server-options";

/**
 * The mock identity provider that the option asks for, if it does.
 * @throws OptionError for a file that cannot be read, or has no people in it
 */
export async function mockProviderOf(given: ServerOptions["mockIdp"]): Promise<MockProvider | undefined> {
  if (!given) return undefined;
  if (given === true) return new MockProvider({});
  if (typeof given !== "string") return new MockProvider(given);
  const read = await readDocument(given).catch((error: unknown) => {
    throw new OptionError(
      `The people ${given} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  });
  const { success, data } = people.safeParse(read);
  if (!success) throw new OptionError(`The people ${given} must be lists of claims with a sub, by provider.`);
  return new MockProvider(data);
}
