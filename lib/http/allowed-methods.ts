import { OPERATIONS } from "./all-operations";
import { allowOf } from "./allow";

/** The methods of a path for `Allow`: of an operation, of NextAuth or of a page; null where the API has nothing. */
export function allowedMethods(pathname: string): string | null {
  const path = pathname.replace(/(.)\/+$/, "$1");
  if (path.startsWith("/api/auth/")) return "GET, HEAD, POST";
  if (!isApi(path)) return "GET, HEAD";
  // As Next has it: `/api/members/sync` before `/api/members/{id}`.
  const exact = OPERATIONS.filter((operation) => operation.path === path);
  const found = exact.length > 0 ? exact : OPERATIONS.filter((operation) => isAt(path, operation.path));
  return found.length === 0 ? null : allowOf(found.map(({ method }) => method));
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
