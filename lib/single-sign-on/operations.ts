import { operation } from "../operation";
import { BegunTest, DomainPath, NewDomain, Provider, SingleSignOn, SingleSignOnChange } from "./contract";
import { MANAGE_SINGLE_SIGN_ON as access } from "./permissions";

const tag = "Single sign-on";
const asItIsNow = {
  status: 200,
  description: "The single sign-on as it is now.",
  body: SingleSignOn,
  headers: ["ETag"],
} as const;
const gone = { status: 204, description: "It is gone." };
const conditions = ["If-Match", "If-None-Match"] as const;

export const readSingleSignOn = operation({
  method: "GET",
  path: "/api/single-sign-on",
  id: "readSingleSignOn",
  tag,
  summary: "Read the tenant's single sign-on",
  access,
  headers: conditions,
  answer: asItIsNow,
  otherAnswers: [
    { status: 304, description: "It is of a version that `If-None-Match` names.", headers: ["ETag"] },
  ],
});

export const saveProvider = operation({
  method: "PUT",
  path: "/api/single-sign-on/provider",
  id: "saveProvider",
  tag,
  summary: "Set the tenant's identity provider",
  description:
    "Another provider than before takes its people away with it, and only while single sign-on is off (409). One that broke off (`is_settled`) is finished by the same once more.",
  access,
  body: Provider,
  headers: conditions,
  answer: asItIsNow,
  errors: ["conflict", "cognito_unavailable"],
});

export const changeSingleSignOn = operation({
  method: "PATCH",
  path: "/api/single-sign-on",
  id: "changeSingleSignOn",
  tag,
  summary: "Switch single sign-on on or off, require it, and say how newcomers come",
  description:
    "`on` takes a provider that was tested as it is now and a domain that is proved; `required` also `emergency_sub`, an administrator with a password. From `required` on every other password, passkey, session and token of before is refused (403 `single_sign_on_required`); from `off` on whatever came by the provider.",
  access,
  body: SingleSignOnChange,
  headers: conditions,
  answer: asItIsNow,
  errors: ["conflict", "single_sign_on_untested", "cognito_unavailable"],
});

export const removeSingleSignOn = operation({
  method: "DELETE",
  path: "/api/single-sign-on",
  id: "removeSingleSignOn",
  tag,
  summary: "Remove the tenant's identity provider",
  description:
    "Only while single sign-on is off (409). Who came in by it alone has no account any more; who was linked keeps theirs. Domains stay.",
  access,
  headers: conditions,
  answer: gone,
  errors: ["conflict", "cognito_unavailable"],
});

export const testSingleSignOn = operation({
  method: "POST",
  path: "/api/single-sign-on/test",
  id: "testSingleSignOn",
  tag,
  summary: "Begin a sign-in that shows whether the provider works",
  description:
    "In a browser: the next sign-in of this browser by the provider, within ten minutes, is a test. It signs nobody in, and leaves nothing.",
  access,
  answer: { status: 200, description: "What to sign in with.", body: BegunTest },
  errors: ["conflict"],
});

export const addDomain = operation({
  method: "POST",
  path: "/api/single-sign-on/domains",
  id: "addDomain",
  tag,
  summary: "Name an e-mail domain of the tenant",
  description: "It counts once it is proved. One that is named already stays as it is.",
  access,
  body: NewDomain,
  headers: conditions,
  answer: asItIsNow,
  errors: ["conflict"],
});

export const proveDomain = operation({
  method: "POST",
  path: "/api/single-sign-on/domains/{domain}/proof",
  id: "proveDomain",
  tag,
  summary: "Look for the record that proves a domain",
  access,
  params: DomainPath,
  answer: asItIsNow,
  errors: ["domain_unproved", "domain_taken", "conflict", "cognito_unavailable"],
});

export const removeDomain = operation({
  method: "DELETE",
  path: "/api/single-sign-on/domains/{domain}",
  id: "removeDomain",
  tag,
  summary: "Remove an e-mail domain",
  description:
    "The last that is proved stays while single sign-on is not off (409). What came by the provider with an address of it is refused from then on, sessions, tokens and refresh tokens (403 `single_sign_on_refused`).",
  access,
  params: DomainPath,
  headers: conditions,
  answer: gone,
  errors: ["conflict", "cognito_unavailable"],
});
