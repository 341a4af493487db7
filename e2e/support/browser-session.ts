import { DEMO_PASSWORD } from "../../infra/local/provision";
import { type Cookies, cookieNameAt } from "./cookie-name";

/** Signs in as the page does, without a browser, and gives the cookies. */
export async function openSession(url: string, email: string, password = DEMO_PASSWORD): Promise<Cookies> {
  const cookies: Cookies = new Map();
  await postToNextAuth(url, "callback/password", cookies, { email, password });
  if (!cookies.has(cookieNameAt(url, "session"))) throw new Error(`${email} got no session.`);
  return cookies;
}

/** The `Cookie` header of a browser in which this user has just signed in. */
export async function cookieOf(url: string, user: { email: string; password: string }): Promise<string> {
  return cookieHeader(await openSession(url, user.email, user.password));
}

/**
 * Posts a form to NextAuth with its CSRF token; the cookies that come back are put into `cookies`.
 *
 * @param origin of the page that posts, where the application believes to be elsewhere than at `url`.
 */
export async function postToNextAuth(
  url: string,
  action: string,
  cookies: Cookies,
  form: Record<string, string>,
  origin = url,
  headers: Record<string, string> = {},
): Promise<Response> {
  const csrf = keepCookies(
    await fetch(`${url}/api/auth/csrf`, { headers: { Cookie: cookieHeader(cookies) } }),
    cookies,
  );
  const { csrfToken }: { csrfToken: string } = await csrf.json();
  const answer = await fetch(`${url}/api/auth/${action}`, {
    method: "POST",
    redirect: "manual",
    headers: { ...headers, Cookie: cookieHeader(cookies), Origin: origin },
    body: new URLSearchParams({ ...form, csrfToken, json: "true" }),
  });
  return keepCookies(answer, cookies);
}

/** What NextAuth has against a post of the sign-in page: its error code, or null when there is a session now. */
export async function refusalOf(answer: Response): Promise<string | null> {
  const { url }: { url: string } = await answer.json();
  const { pathname, searchParams } = new URL(url);
  return answer.ok && pathname !== "/signin" ? null : searchParams.get("error");
}

export function cookieHeader(cookies: Cookies): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}

/** Does to `cookies` what a browser does with an answer's. */
export function keepCookies(answer: Response, cookies: Cookies): Response {
  for (const line of answer.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "") cookies.delete(name);
    else cookies.set(name, value);
  }
  return answer;
}
