import { env } from "../env";

/**
 * What every answer tells a browser, whoever writes it: a page, a handler, a file, Next's own refusals. Pages and the
 * API's documentation have a content security policy of their own; what else there is shows and runs nothing.
 */
export function policyHeaders(): Record<string, string> {
  return {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    // Two years of https, where the application is behind it (RFC 6797).
    ...(env().NEXTAUTH_URL.startsWith("https:") && {
      "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    }),
  };
}
