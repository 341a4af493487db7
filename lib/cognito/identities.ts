import { z } from "zod";

/** Who somebody is at an identity provider. */
export type Identity = { provider: string; subject: string };

const Identities = z.array(z.looseObject({ providerName: z.string().min(1), userId: z.string().min(1) }));

/**
 * What Cognito says of the providers that a user signs in by: the claim `identities` of an ID token, or the attribute,
 * which is the same as a text (developer guide, "Understanding the identity (ID) token").
 *
 * @returns null for what cannot be read: whose user that is, nobody knows.
 */
export function identitiesIn(said: unknown): Identity[] | null {
  if (said === undefined || said === null || said === "") return [];
  const parsed = Identities.safeParse(typeof said === "string" ? jsonIn(said) : said);
  if (!parsed.success) return null;
  return parsed.data.map(({ providerName, userId }) => ({ provider: providerName, subject: userId }));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
