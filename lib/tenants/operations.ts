import { z } from "zod";
import { operation } from "../operation";
import {
  InvitedAdministrator,
  ListTenants,
  MadeTenant,
  NewAdministrator,
  NewTenant,
  ProvedDomain,
  Tenant,
  TenantChange,
  TenantDeletion,
  TenantDomainPath,
  TenantPath,
} from "./contract";

const tag = "Tenants";
const access = "operator";

export const listTenants = operation({
  method: "GET",
  path: "/api/tenants",
  id: "listTenants",
  tag,
  summary: "List the tenants, the newest first",
  access,
  query: ListTenants,
  answer: { status: 200, description: "A page of tenants.", body: z.array(Tenant), headers: ["Link"] },
});

export const makeTenant = operation({
  method: "POST",
  path: "/api/tenants",
  id: "makeTenant",
  tag,
  summary: "Make a tenant, and invite its first administrator",
  description:
    "An id that was deleted may be made anew, and has nothing of before. An address that has an account already is refused before anything is made.",
  access,
  body: NewTenant,
  answer: { status: 201, description: "The new tenant.", body: MadeTenant, headers: ["Location"] },
  errors: ["conflict", "member_exists", "cognito_unavailable"],
});

export const readOneTenant = operation({
  method: "GET",
  path: "/api/tenants/{id}",
  id: "readOneTenant",
  tag,
  summary: "Read a tenant",
  access,
  params: TenantPath,
  answer: { status: 200, description: "The tenant.", body: Tenant },
});

export const changeTenant = operation({
  method: "PATCH",
  path: "/api/tenants/{id}",
  id: "changeTenant",
  tag,
  summary: "Rename, suspend or resume a tenant, or have passwords count again in it",
  description:
    "A tenant that is suspended is served no more from the next request on: sign-ins, sessions and tokens are refused with 403 `tenant_suspended`, but for the platform's own staff. Nothing is lost, and who was signed in still is when it is resumed. A tenant that staff is at home in is not suspended (409). `single_sign_on` is for a tenant that requires single sign-on and is shut out: its provider is down, and its emergency administrator not to be had. Single sign-on itself stays on.",
  access,
  params: TenantPath,
  body: TenantChange,
  answer: { status: 200, description: "The tenant as it is now.", body: Tenant },
  errors: ["unknown_tenant", "conflict", "cognito_unavailable"],
});

export const inviteAdministrator = operation({
  method: "POST",
  path: "/api/tenants/{id}/administrators",
  id: "inviteAdministrator",
  tag,
  summary: "Invite an administrator into a tenant",
  description: "For a new tenant, and for one that has lost its last.",
  access,
  params: TenantPath,
  body: NewAdministrator,
  headers: ["Idempotency-Key"],
  answer: { status: 200, description: "Who was invited.", body: InvitedAdministrator },
  errors: ["member_exists", "conflict", "idempotency_key_reused", "rate_limited", "cognito_unavailable"],
});

export const proveTenantDomain = operation({
  method: "POST",
  path: "/api/tenants/{id}/domains/{domain}/proof",
  id: "proveTenantDomain",
  tag,
  summary: "Have an e-mail domain of a tenant count by one's word",
  description:
    "For a tenant that names the domain and cannot write its DNS. Whoever says so has made sure whose it is: its people sign in to that tenant from then on.",
  access,
  params: TenantDomainPath,
  answer: { status: 200, description: "The domain counts.", body: ProvedDomain },
  errors: ["domain_taken", "conflict", "cognito_unavailable"],
});

export const exportTenant = operation({
  method: "GET",
  path: "/api/tenants/{id}/export",
  id: "exportTenant",
  tag,
  summary: "Hand out everything of a tenant as one file",
  description:
    "A line of JSON a row of each table, and a user of the pool; nothing that one signs in with. The last line counts them: without it the file is not whole. What is written meanwhile may be missing: suspend the tenant first for one moment's state. Where `TENANT_STRICT=1`, no operator sees a tenant's rows, and this is refused too.",
  access,
  params: TenantPath,
  answer: {
    status: 200,
    description: "The lines, sent as they are read.",
    contentType: "application/jsonl",
  },
  errors: ["conflict", "cognito_unavailable"],
});

export const deleteTenant = operation({
  method: "DELETE",
  path: "/api/tenants/{id}",
  id: "deleteTenant",
  tag,
  summary: "Delete a tenant with everything that is its own, and its users at Cognito",
  description:
    "From now on nobody of it is served. It may take minutes and goes on by itself, also when Cognito is away or the server restarts: `deletion` says how far it is, until reading the tenant is a 404. The same again begins nothing new, and has it tried at once. A tenant that staff is at home in is not deleted (409).",
  access,
  params: TenantPath,
  body: TenantDeletion,
  answer: { status: 202, description: "It is being deleted.", body: Tenant },
  errors: ["unknown_tenant", "conflict", "invalid_credentials", "rate_limited", "cognito_unavailable"],
});
