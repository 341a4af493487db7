import { z } from "zod";

/** The parameters that many operations share, with the API reference's constraints. */
export const userPoolId = z
  .string()
  .min(1)
  .max(55)
  .regex(/^[\w-]+_[0-9a-zA-Z]+$/);
export const clientId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+]+$/);
export const username = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u);
export const groupName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u);
export const resourceName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w\s+=,.@-]+$/);
export const password = z
  .string()
  .min(1)
  .max(256)
  .regex(/^\S.*\S$|^\S$/s);
export const accessToken = z.string().regex(/^[A-Za-z0-9\-_=.]+$/);
export const refreshToken = z
  .string()
  .min(1)
  .regex(/^[A-Za-z0-9\-_=.]+$/);
export const session = z.string().min(20).max(2048);
export const attributeName = z
  .string()
  .min(1)
  .max(32)
  .regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u);
export const attributeList = z.array(
  z.object({ Name: attributeName, Value: z.string().max(2048).default("") }),
);
export const secretHash = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+=/]+$/);
export const confirmationCode = z.string().min(1).max(2048).regex(/^\S+$/);
export const stringMap = z.record(z.string(), z.string());
export const pageSize = z.number().int().min(0).max(60);
export const pageToken = z.string().min(1).regex(/^\S+$/);

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
