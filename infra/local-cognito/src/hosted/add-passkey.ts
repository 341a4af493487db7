import { CognitoFailure } from "../model/failures";
import type { User } from "../model/user";
import { completeRegistration, startRegistration } from "../operations/account/passkeys";
import { type Call, type Reply, redirect } from "../protocol/reply";
import type { Cognito } from "../store/cognito";
import { readClient, single } from "./authorize-request";
import { postedForm } from "./form-token";
import { shown } from "./refusals";
import { currentSession } from "./session";
import { type PageRequest, signInPage } from "./sign-in-page";
import { failureText, languageOf, texts } from "./texts";

/**
 * `GET /passkeys/add`: offers whoever is signed in here to register a passkey; everybody else signs in first, and is back
 * at the application then (developer guide, "Passkeys").
 * @throws ShownRefusal for a client or an address that is not registered
 */
export async function showAddPasskey(cognito: Cognito, call: Call): Promise<Reply> {
  const request = readPasskeyRequest(cognito, call);
  const user = signedIn(request);
  return user ? await offer(request, user) : signInFirst(call);
}

/** `POST /passkeys/add`: keeps what the device made, and sends the browser back to the application. */
export async function addPasskey(cognito: Cognito, call: Call): Promise<Reply> {
  const request = readPasskeyRequest(cognito, call);
  const user = signedIn(request);
  if (!user) return signInFirst(call);
  const form = postedForm(call);
  const { stale } = texts[request.language];
  if (!form) return await offer(request, user, stale);
  try {
    await completeRegistration(request, user, credentialIn(form));
    return redirect(request.redirectUri);
  } catch (error) {
    if (!(error instanceof CognitoFailure)) throw error;
    return await offer(request, user, failureText(request.language, error));
  }
}

function readPasskeyRequest(cognito: Cognito, call: Call): PageRequest {
  const visit = readClient(cognito, call);
  const redirectUri = single(call.query, "redirect_uri");
  if (!visit.client.settings.CallbackURLs?.includes(redirectUri)) throw shown.redirectMismatch();
  return { ...visit, redirectUri, language: languageOf(call.query) };
}

function signedIn(request: PageRequest): User | undefined {
  const session = currentSession(request);
  return session && request.cognito.user(request.pool.id, session.username);
}

function signInFirst({ query }: Call): Reply {
  const asked = new URLSearchParams(query);
  if (!asked.has("response_type")) asked.set("response_type", "code");
  return redirect(`/login?${asked}`);
}

async function offer(request: PageRequest, user: User, bad?: string): Promise<Reply> {
  try {
    const options = JSON.stringify(await startRegistration(request, user));
    return signInPage(request, { kind: "add-passkey", options }, bad === undefined ? {} : { bad });
  } catch (error) {
    // The pool has no passkeys, or this user too many.
    if (!(error instanceof CognitoFailure)) throw error;
    throw shown.refused(error.message);
  }
}

function credentialIn(form: URLSearchParams): object {
  try {
    const credential: unknown = JSON.parse(form.get("credential") ?? "");
    return typeof credential === "object" && credential !== null ? credential : {};
  } catch {
    // Refused as what is no credential.
    return {};
  }
}
