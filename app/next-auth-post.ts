"use client";

import { ask, type Refused } from "./ask";

/**
 * Posts a form to NextAuth. Not by NextAuth's own client: it leaves the page when no answer comes, and takes any
 * answer for a good one.
 *
 * @param action such as `signout`, or `callback/password`.
 * @returns where NextAuth leads to; or the error as errorWords takes it: its own, that of a problem, `cookies` when
 *   the browser keeps none, and what `ask` says.
 */
export async function postToNextAuth(
  action: string,
  form: Record<string, string>,
): Promise<{ ok: true; url: string } | Pick<Refused, "ok" | "error">> {
  const csrf = await ask<{ csrfToken: string }>("/api/auth/csrf");
  if (!csrf.ok) return csrf;
  const { csrfToken } = csrf.body;
  const posted = await ask(`/api/auth/${action}`, {
    method: "POST",
    body: new URLSearchParams({ ...form, csrfToken, json: "true" }),
  });
  const { url } = (posted.body ?? {}) as { url?: unknown };
  if (typeof url !== "string" || !URL.canParse(url)) return posted.ok ? failed("unavailable") : posted;
  const { pathname, searchParams } = new URL(url);
  if (searchParams.has("csrf")) return failed("cookies");
  const error = searchParams.get("error");
  if (posted.ok && (error === null || pathname !== "/signin")) return { ok: true, url };
  return failed(error ?? "internal");
}

function failed(error: string) {
  return { ok: false, error } as const;
}
