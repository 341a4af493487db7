import type { cookieOptions } from "./session-cookie";

/** The cookies of one request and its response; the shape of Next's `cookies()`. */
export type CookieJar = {
  get(name: string): { value: string } | undefined;
  set(name: string, value: string, options: ReturnType<typeof cookieOptions> & { maxAge: number }): unknown;
};
