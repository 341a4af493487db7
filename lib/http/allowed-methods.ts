import type { Operation } from "../operation";
import { OPERATIONS } from "./all-operations";
import { allowOf } from "./allow";

/** The methods of a path for `Allow`: of an operation, of NextAuth or of a page; null where the API has nothing. */
export function allowedMethods(pathname: string): string | null {
  const path = withoutEndSlash(pathname);
  if (path.startsWith("/api/auth/")) return "GET, HEAD, POST";
  if (!isApi(path)) return "GET, HEAD";
  const found = operationsAt(path);
  return found.length === 0 ? null : allowOf(found.map(({ method }) => method));
}

/** The operations of a path without a slash at its end. As Next has it: `/api/members/sync` before `/api/members/{id}`. */
export function operationsAt(path: string): readonly Operation[] {
  // Most requests are for pages and files.
  if (!isApi(path)) return [];
  const exact = OPERATIONS.filter((operation) => operation.path === path);
  return exact.length > 0 ? exact : OPERATIONS.filter((operation) => isAt(path, operation.path));
}

/** A path as operations have it: with a slash at its end it is the same one. */
export function withoutEndSlash(path: string): string {
  return path.replace(/(.)\/+$/, "$1");
}

/** Whether a path belongs to the API; all others are pages and files, which are only read. */
export function isApi(pathname: string): boolean {
  return pathname === "/api" || pathname.startsWith("/api/");
}

function isAt(path: string, template: string): boolean {
  const [parts, expected] = [path.split("/"), template.split("/")];
  const isAlike = (part: string, index: number) => part.startsWith("{") || part === parts[index];
  return parts.length === expected.length && expected.every(isAlike);
}
