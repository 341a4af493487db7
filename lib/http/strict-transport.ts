import { env } from "../env";

/** Has browsers stay with https for two years, where the application is behind it (RFC 6797). */
export function requireHttps(headers: Headers): void {
  if (!env().NEXTAUTH_URL.startsWith("https:")) return;
  headers.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
}
