import { FEATURES } from "../features";
import { HOME } from "../home";
import { isApi, operationsAt, withoutEndSlash } from "./allowed-methods";

/** The pages and files that belong to no feature. */
const OWN = [
  "/",
  HOME,
  "/account",
  "/challenge",
  "/enter",
  "/forgot-password",
  "/no-tenant",
  "/signin",
  "/signin/opengraph-image",
  "/icon.svg",
  "/favicon.ico",
];
const NEXT_AUTH =
  /^\/api\/auth\/(csrf|error|providers|session|signout|(signin|callback)\/(password|challenge|cognito))$/;

/**
 * Which route an address leads to, as the code has it, such as `/api/members/{id}`: for the log, where addresses do not
 * belong, since people put into them what they like. What leads nowhere is `*`, or `/api/*`.
 */
export function routePattern(url: string): string {
  const path = withoutEndSlash(url.replace(/[?#].*$/s, ""));
  if (path.startsWith("/_next/")) return "/_next/*";
  if (path.startsWith("/api/auth/")) return NEXT_AUTH.test(path) ? path : "/api/auth/*";
  if (isApi(path)) return operationsAt(path)[0]?.path ?? "/api/*";
  if (OWN.includes(path)) return path;
  const feature = FEATURES.find(({ name, page }) => page && `${path}/`.startsWith(`/${name}/`));
  if (!feature || path === `/${feature.name}`) return feature ? path : "*";
  return feature.page?.hasRows && path.split("/").length === 3 ? `/${feature.name}/[id]` : "*";
}
