import { expect } from "@playwright/test";
import type { SingleSignOn } from "../../lib/single-sign-on/contract";
import type { CallGround } from "../support/call-each";
import { newMember, newTenant } from "../support/users";

const PATH = "/api/single-sign-on";

/** Every operation on single sign-on, when it succeeds and when it refuses. */
export async function callEach({ stack, check, open }: CallGround): Promise<void> {
  const api = await newMember(stack, { groups: ["admin"] });
  check("readSingleSignOn", await (await newMember(stack, {})).get(PATH));
  const put = (json: object, headers = {}) => api.send("PUT", `${PATH}/provider`, { json, headers });
  const first = check("readSingleSignOn", await api.get(PATH));
  const ETag = first.headers.get("etag") ?? "";
  check("readSingleSignOn", await api.get(PATH, { "If-None-Match": ETag }));
  check("testSingleSignOn", await api.post(`${PATH}/test`));
  check("saveProvider", await put({ kind: "saml", metadata: "<none/>" }));
  const provider = { kind: "oidc", issuer: "http://127.0.0.1:9/company", client_id: "sekisho" };
  const saved = check("saveProvider", await put({ ...provider, client_secret: "s3cret" }));
  expect(saved.body).toMatchObject({ provider: { has_secret: true }, is_settled: true });
  check("saveProvider", await put(provider, { "If-Match": ETag }));
  check("testSingleSignOn", await api.post(`${PATH}/test`));
  const domain = `${newTenant()}.example`;
  const named = check("addDomain", await api.post(`${PATH}/domains`, { domain }));
  const [{ record } = {}] = (named.body as Pick<SingleSignOn, "domains">).domains;
  check("addDomain", await api.post(`${PATH}/domains`, { domain: "gmail.com" }));
  check("proveDomain", await api.post(`${PATH}/domains/none.example/proof`));
  check("proveDomain", await api.post(`${PATH}/domains/${domain}/proof`));
  stack.textRecords.set(record?.name ?? "", [record?.value ?? ""]);
  check("proveDomain", await api.post(`${PATH}/domains/${domain}/proof`));
  check("changeSingleSignOn", await api.patch(PATH, { newcomer_role: "member" }));
  check("changeSingleSignOn", await api.patch(PATH, { state: "on" }));
  check("removeDomain", await api.delete(`${PATH}/domains/${domain}`));
  check("removeDomain", await api.delete(`${PATH}/domains/${domain}`));
  check("removeSingleSignOn", await api.send("DELETE", PATH, { headers: { "If-Match": ETag } }));
  check("removeSingleSignOn", await api.delete(PATH));
  check("signInWay", await open.post("/api/user/sign-in-way", { email: `zoe@${domain}` }));
}
