/** Cookies by name, as a browser that has just signed in holds them. */
export type Cookies = Map<string, string>;

type Purpose = "session" | "challenge" | "csrf" | "callback" | "device";

/** What the application at a loopback address calls a cookie: those of another port are another application's. */
export function cookieNameAt(url: string, purpose: Purpose): string {
  return `sekisho-${new URL(url).port}.${purpose}`;
}

/** Instances have one address in production; on loopback the port in the cookies' names tells them apart. */
export function cookiesAt(url: string, cookies: Cookies): Cookies {
  return new Map(
    [...cookies].map(([name, value]) => [name.replace(/-\d+\./, `-${new URL(url).port}.`), value]),
  );
}
