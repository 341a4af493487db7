import { expect } from "@playwright/test";
import type { Api } from "../support/api";
import { UNKNOWN_ID } from "../support/api-contract";
import type { CallGround } from "../support/call-each";
import { newMember, newTenant } from "../support/users";

/** Every operation on members, when it succeeds and when it refuses. */
export async function callEach({ stack, check }: CallGround): Promise<void> {
  const tenant = newTenant();
  const api = await newMember(stack, { tenant, groups: ["admin"] });
  const idOf = async (each: Api) => ((await each.get("/api/user/me")).body as { sub: string }).sub;
  check("readDirectory", await api.post("/api/members/sync"));
  check("readDirectory", await api.post("/api/members/sync"));
  const input = { email: `${crypto.randomUUID()}@people.example`, role: "viewer" };
  const invited = check("inviteMember", await api.post("/api/members", input));
  check("inviteMember", await api.post("/api/members", input));
  const path = invited.headers.get("location") ?? "";
  expect(check("listMembers", await api.get("/api/members?limit=1")).headers.get("link")).not.toBeNull();
  check("readMember", await api.get(path));
  check("readMember", await api.get(`/api/members/${UNKNOWN_ID}`));
  check("resendInvitation", await api.post(`${path}/resend`));
  check("resetMemberPassword", await api.post(`${path}/reset-password`));
  const colleague = `/api/members/${await idOf(await newMember(stack, { tenant }))}`;
  check("resendInvitation", await api.post(`${colleague}/resend`));
  check("changeMember", await api.patch(colleague, { role: "viewer" }));
  check("changeMember", await api.patch(`/api/members/${await idOf(api)}`, { role: "viewer" }));
  check("resetMemberFactors", await api.post(`${colleague}/reset-mfa`));
  check("resetMemberPassword", await api.post(`${colleague}/reset-password`));
  check("removeMember", await api.delete(colleague));
  check("removeMember", await api.delete(colleague));
}
