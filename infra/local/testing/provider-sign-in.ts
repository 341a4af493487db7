import { createHash, randomBytes } from "node:crypto";
import { TestBrowser } from "@sekisho/local-cognito/testing";
import { appClient } from "../../../lib/cognito/app-client";
import type { Tokens } from "../../../lib/cognito/sign-in";
import { env } from "../../../lib/env";

/** What the mock provider says of somebody. */
export type Person = { sub: string } & Record<string, unknown>;

type Way = { identity_provider: string } | { idp_identifier: string };

/**
 * Signs somebody in at the Hosted UI by a mock provider, as the application has it, without the application.
 *
 * @param browser one that has been there before.
 * @throws Error with what the Hosted UI said, where there is no code.
 */
export async function signInAtProvider(
  way: Way,
  person: Person,
  browser = new TestBrowser(env().COGNITO_DOMAIN ?? ""),
): Promise<Tokens> {
  const verifier = randomBytes(32).toString("base64url");
  const { id } = appClient("web");
  const redirect_uri = `${env().NEXTAUTH_URL}/api/auth/callback/cognito`;
  const query = new URLSearchParams({
    response_type: "code",
    client_id: id,
    redirect_uri,
    scope: "openid email profile",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    prompt: "login",
    ...way,
  });
  const back = await choose(browser, await browser.open(`/oauth2/authorize?${query}`), person);
  const code = back.left?.searchParams.get("code");
  if (!code) throw new Error(back.left?.searchParams.get("error_description") ?? back.html.slice(0, 500));
  const form = {
    grant_type: "authorization_code",
    client_id: id,
    code,
    redirect_uri,
    code_verifier: verifier,
  };
  const answer = await fetch(`${env().COGNITO_DOMAIN}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  const tokens = (await answer.json()) as Record<"access_token" | "id_token" | "refresh_token", string>;
  return {
    accessToken: tokens.access_token,
    idToken: tokens.id_token,
    refreshToken: tokens.refresh_token,
    expiresIn: 3600,
  };
}

type Shown = Awaited<ReturnType<TestBrowser["open"]>>;

/** On the page of the mock provider, whoever the test makes up; SAML's answer is one page more. */
async function choose(browser: TestBrowser, page: Shown, person: Person): Promise<Shown> {
  const claims = JSON.stringify(person);
  if (!page.url.includes("/saml?")) return browser.submit(page, { claims });
  const signed = await browser.open(page.url, { method: "POST", body: new URLSearchParams({ claims }) });
  return browser.submit(signed, {});
}
