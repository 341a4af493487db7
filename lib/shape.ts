/**
 * Whether a value that came as JSON is a `T`. Pages read answers by these: `T` is the contract's type, so that the
 * compiler refuses a shape that lacks a field, and a page carries half a kilobyte where zod/mini would add 7 and zod 27.
 * Fields that a shape does not name are let through: the server may be newer than the page.
 */
export type Shape<T> = (value: unknown) => value is T;

export const text: Shape<string> = (value) => typeof value === "string";
export const number: Shape<number> = (value) => typeof value === "number";
export const boolean: Shape<boolean> = (value) => typeof value === "boolean";

export function oneOf<const T extends string>(known: readonly T[]): Shape<T> {
  return (value): value is T => known.some((each) => each === value);
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value): value is T | null => value === null || shape(value);
}

export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value): value is T | undefined => value === undefined || shape(value);
}

export function arrayOf<T>(shape: Shape<T>): Shape<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(shape);
}

export function recordOf<T>(shape: Shape<T>): Shape<Record<string, T>> {
  return (value): value is Record<string, T> => isObject(value) && Object.values(value).every(shape);
}

export function objectOf<T extends object>(fields: { [Key in keyof T]-?: Shape<T[Key]> }): Shape<T> {
  const shapes = Object.entries<Shape<unknown>>(fields);
  return (value): value is T => isObject(value) && shapes.every(([key, shape]) => shape(value[key]));
}

/**
 * Reads JSON that must be of a shape.
 *
 * @throws SyntaxError when it is no JSON, or of another shape.
 */
export function parsed<T>(shape: Shape<T>, json: string): T {
  const value: unknown = JSON.parse(json);
  if (!shape(value)) throw new SyntaxError("The JSON is of another shape.");
  return value;
}

/** Any JSON object, whatever it has. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
