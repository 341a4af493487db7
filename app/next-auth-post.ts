"use client";

import { readErrorParameter, type Told } from "@/lib/auth/sign-in/error-parameter";
import { objectOf, text } from "@/lib/shape";
import { ask, readJson } from "./api-client";

const readToken = readJson(objectOf<{ csrfToken: string }>({ csrfToken: text }));
const isLeading = objectOf<{ url: string }>({ url: text });

/**
 * Posts a form to NextAuth. Not by NextAuth's own client, which leaves the page when no answer comes and takes any
 * answer for a good one.
 *
 * @param action such as `signout`, or `callback/password`.
 * @returns where NextAuth leads to; or why not: what it says itself, the code of a problem, `cookies` when the browser
 *   keeps none, and what `ask` says.
 */
export async function postToNextAuth(
  action: string,
  form: Record<string, string>,
): Promise<{ ok: true; url: string } | ({ ok: false } & Told)> {
  const csrf = await ask("/api/auth/csrf", { read: readToken });
  if (!csrf.ok) return csrf;
  const { csrfToken } = csrf.answer;
  const posted = await ask<unknown>(`/api/auth/${action}`, {
    method: "POST",
    body: new URLSearchParams({ ...form, csrfToken, json: "true" }),
    read: (response) => response.json(),
  });
  const body = posted.ok ? posted.answer : posted.body;
  if (!isLeading(body) || !URL.canParse(body.url)) return posted.ok ? failed("unavailable") : posted;
  const { pathname, searchParams } = new URL(body.url);
  if (searchParams.has("csrf")) return failed("cookies");
  const error = searchParams.get("error");
  if (posted.ok && (error === null || pathname !== "/signin")) return { ok: true, url: body.url };
  return failed(error ?? "internal");
}

function failed(error: string) {
  return { ok: false, ...readErrorParameter(error) } as const;
}
