type Purpose = "session" | "challenge" | "csrf" | "callback" | "device";

/** What the application at a loopback address calls a cookie: those of another port are another application's. */
export function cookieNameAt(url: string, purpose: Purpose): string {
  return `sekisho-${new URL(url).port}.${purpose}`;
}
