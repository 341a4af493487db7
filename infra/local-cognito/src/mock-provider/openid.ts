import { type Call, formOf, json, type Reply, redirect } from "../protocol/reply";
import { choicePage, personIn } from "./choice";
import { type At, isOwnAddress, refusal } from "./endpoint";
import { type Person, peopleAt } from "./people";

/** Discovery: endpoints of servers where the caller found this, pages where browsers find it. */
export function configuration({ cognito, name }: At, call: Call): Reply {
  const issuer = issuerOf(name, call);
  return json({
    issuer,
    authorization_endpoint: `${cognito.url}/_idp/${name}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
  });
}

const issuerOf = (name: string, { origin }: Call) => `${origin}/_idp/${name}`;

export async function keySet({ mock }: At): Promise<Reply> {
  return json(await mock.jwks());
}

/** `GET`: who it is to be. `POST`: back with a code for them. */
export function authorize(at: At, call: Call): Reply {
  const { mock, name, cognito } = at;
  const { query } = call;
  const [clientId, redirectUri, challenge] = ["client_id", "redirect_uri", "code_challenge"].map((each) =>
    query.get(each),
  );
  if (
    !clientId ||
    !redirectUri ||
    !isOwnAddress(at, call, { address: redirectUri, path: "/oauth2/idpresponse" })
  )
    return refusal("client_id is missing, or redirect_uri is not this server's /oauth2/idpresponse");
  if (query.get("response_type") !== "code") return refusal("response_type must be code");
  if (challenge && query.get("code_challenge_method") !== "S256")
    return refusal("code_challenge_method must be S256");
  const people = peopleAt(mock.people, name);
  const form = call.method === "POST" ? formOf(call) : null;
  const chosen = form && personIn(form.get("claims") ?? "");
  if (!chosen || typeof chosen === "string") {
    const action = `${call.path}?${query}`;
    const claimsOf = (person: Person) => ({ action, fields: { claims: JSON.stringify(person) } });
    return choicePage(name, { people, formOf: claimsOf, bad: chosen || undefined });
  }
  const grant = {
    name,
    person: chosen,
    clientId,
    redirectUri,
    nonce: query.get("nonce") ?? undefined,
    challenge: challenge ?? undefined,
  };
  const back = new URL(redirectUri);
  back.searchParams.set("code", mock.grant(grant, cognito.now()));
  const state = query.get("state");
  if (state !== null) back.searchParams.set("state", state);
  return redirect(String(back));
}

export async function token({ mock, name, cognito }: At, call: Call): Promise<Reply> {
  const form = formOf(call) ?? new URLSearchParams();
  const tokens = await mock.redeem({ name, issuer: issuerOf(name, call) }, form, cognito.now());
  return tokens ? json(tokens) : json({ error: "invalid_grant" }, 400);
}

export function userInfo({ mock }: At, { headers }: Call): Reply {
  const person = mock.holder(headers.authorization?.replace(/^Bearer /i, "") ?? "");
  return person ? json(person) : json({ error: "invalid_token" }, 401);
}
