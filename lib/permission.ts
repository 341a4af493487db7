/** How far a permission goes. A role carries levels, so that it holds for every feature, also for those to come. */
export type Level = "read" | "write" | "oversee" | "manage";

/** What a feature lets some do and others not. Its name is for people: `members:read`. */
export type Permission = { readonly name: `${string}:${string}`; readonly level: Level };

/** One that a feature has: which roles carry it follows from its level (`lib/roles.ts`). */
export function permission(name: Permission["name"], level: Level): Permission {
  return { name, level };
}
