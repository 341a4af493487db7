import { z } from "zod";

/** A string with this length and pattern. */
export const text = (min: number, max: number, pattern: RegExp) =>
  z.string().min(min).max(max).regex(pattern);

/** The parameters that many operations share, with the API reference's constraints. */
export const userPoolId = text(1, 55, /^[\w-]+_[0-9a-zA-Z]+$/);
export const clientId = text(1, 128, /^[\w+]+$/);
export const clientSecret = text(24, 64, /^[\w+]+$/);
export const username = text(1, 128, /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u);
export const groupName = text(1, 128, /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u);
export const resourceName = text(1, 128, /^[\w\s+=,.@-]+$/);
export const password = text(1, 256, /^\S.*\S$|^\S$/s);
export const accessToken = z.string().regex(/^[A-Za-z0-9\-_=.]+$/);
export const refreshToken = z
  .string()
  .min(1)
  .regex(/^[A-Za-z0-9\-_=.]+$/);
export const session = z.string().min(20).max(2048);
export const attributeName = text(1, 32, /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u);
export const attributeList = z.array(
  z.object({ Name: attributeName, Value: z.string().max(2048).default("") }),
);
export const secretHash = text(1, 128, /^[\w+=/]+$/);
export const confirmationCode = text(1, 2048, /^\S+$/);
export const stringMap = z.record(z.string(), z.string());
export const pageSize = z.number().int().min(0).max(60);
export const pageToken = z.string().min(1).regex(/^\S+$/);
/** The paging parameters of most lists. */
export const paging = { Limit: pageSize.optional(), NextToken: pageToken.optional() };

/** Lists of `{Name, Value}` as the wire has them, to the map that the rules work on. The last of a name counts. */
export function attributesFrom(list: z.output<typeof attributeList> | undefined): Record<string, string> {
  return Object.fromEntries((list ?? []).map(({ Name, Value }) => [Name, Value]));
}

export function attributesTo(attributes: Record<string, string>): { Name: string; Value: string }[] {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

/** Times on the wire are seconds since the epoch, with fractions. */
export function wireTime(ms: number): number {
  return ms / 1_000;
}
