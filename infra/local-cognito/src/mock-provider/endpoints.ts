import { isOwnOrigin } from "../protocol/cross-origin";
import { type Call, notAllowed, type Reply } from "../protocol/reply";
import type { Cognito } from "../store/cognito";
import { type At, refusal } from "./endpoint";
import type { MockProvider } from "./mock-provider";
import { authorize, configuration, keySet, token, userInfo } from "./openid";

type Endpoint = (at: At, call: Call) => Reply | Promise<Reply>;

/** Loaded where it is used: what signs XML takes a while. */
const saml =
  (which: "metadata" | "singleSignOn"): Endpoint =>
  async (at, call) =>
    (await import("./saml"))[which](at, call);

const endpoints = new Map<string, Partial<Record<string, Endpoint>>>([
  [".well-known/openid-configuration", { GET: configuration }],
  ["jwks", { GET: keySet }],
  ["authorize", { GET: authorize, POST: authorize }],
  ["token", { POST: token }],
  ["userinfo", { GET: userInfo, POST: userInfo }],
  ["metadata", { GET: saml("metadata") }],
  ["saml", { GET: saml("singleSignOn"), POST: saml("singleSignOn") }],
]);

/** Whether it is the path of a mock provider. */
export const isMock = (path: string) => path.startsWith("/_idp/");

/** `/_idp/<name>/…`: a provider of OpenID Connect and SAML under any name, where the server was asked to have one. */
export async function mockReply(cognito: Cognito, mock: MockProvider, call: Call): Promise<Reply> {
  const [, name = "", rest = ""] = /^\/_idp\/([\w.-]{1,64})\/(.+)$/.exec(call.path) ?? [];
  const methods = endpoints.get(rest);
  if (!methods) return refusal("There is nothing here.", 404);
  const endpoint = methods[call.method === "HEAD" ? "GET" : call.method];
  if (!endpoint) return notAllowed(Object.keys(methods));
  if (!isOwnOrigin(call)) return refusal("Requests of other origins are refused.", 403);
  return await endpoint({ cognito, mock, name }, call);
}
