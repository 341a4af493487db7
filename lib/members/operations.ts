import { z } from "zod";
import { operation } from "../operation";
import { DirectoryReading, ListMembers, Member, MemberChange, MemberPath, NewMember } from "./contract";
import { MANAGE_MEMBERS, READ_MEMBERS } from "./permissions";

const tag = "Members";
const asItIsNow = { status: 200, description: "The member as they are now.", body: Member };

export const listMembers = operation({
  method: "GET",
  path: "/api/members",
  id: "listMembers",
  tag,
  summary: "List the tenant's members, the newest account first",
  description:
    "Who was created elsewhere is listed after their first sign-in, or after `POST /api/members/sync`; the first list of a tenant does that by itself.",
  access: READ_MEMBERS,
  query: ListMembers,
  answer: { status: 200, description: "A page of members.", body: z.array(Member), headers: ["Link"] },
  errors: ["cognito_unavailable"],
});

export const inviteMember = operation({
  method: "POST",
  path: "/api/members",
  id: "inviteMember",
  tag,
  summary: "Invite somebody into the tenant",
  description:
    "Makes an account and mails a temporary password. An address that has an account already, in whichever tenant, is refused.",
  access: MANAGE_MEMBERS,
  body: NewMember,
  headers: ["If-Match", "If-None-Match", "Idempotency-Key"],
  answer: { status: 201, description: "The new member.", body: Member, headers: ["Location"] },
  errors: [
    "member_exists",
    "conflict",
    "single_sign_on_required",
    "idempotency_key_reused",
    "rate_limited",
    "cognito_unavailable",
  ],
});

export const readDirectory = operation({
  method: "POST",
  path: "/api/members/sync",
  id: "readDirectory",
  tag,
  summary: "Look for members created elsewhere",
  description: "Goes through the user pool, once a minute at the most.",
  access: MANAGE_MEMBERS,
  answer: { status: 200, description: "What was found.", body: DirectoryReading },
  errors: ["rate_limited", "cognito_unavailable"],
});

export const readMember = operation({
  method: "GET",
  path: "/api/members/{id}",
  id: "readMember",
  tag,
  summary: "Read a member",
  access: READ_MEMBERS,
  params: MemberPath,
  answer: { status: 200, description: "The member.", body: Member },
  errors: ["cognito_unavailable"],
});

export const changeMember = operation({
  method: "PATCH",
  path: "/api/members/{id}",
  id: "changeMember",
  tag,
  summary: "Change a member's role, or disable or enable them",
  description: "What takes rights away ends their sessions and refuses their tokens at once.",
  access: MANAGE_MEMBERS,
  params: MemberPath,
  body: MemberChange,
  answer: asItIsNow,
  errors: ["last_admin", "conflict", "cognito_unavailable"],
});

export const removeMember = operation({
  method: "DELETE",
  path: "/api/members/{id}",
  id: "removeMember",
  tag,
  summary: "Delete a member's account",
  access: MANAGE_MEMBERS,
  params: MemberPath,
  answer: { status: 204, description: "They are gone." },
  errors: ["last_admin", "conflict", "cognito_unavailable"],
});

export const resendInvitation = operation({
  method: "POST",
  path: "/api/members/{id}/resend",
  id: "resendInvitation",
  tag,
  summary: "Mail a new temporary password to somebody who has not signed in yet",
  access: MANAGE_MEMBERS,
  params: MemberPath,
  answer: asItIsNow,
  errors: ["conflict", "rate_limited", "cognito_unavailable"],
});

export const resetMemberPassword = operation({
  method: "POST",
  path: "/api/members/{id}/reset-password",
  id: "resetMemberPassword",
  tag,
  summary: "Make a member's password void and mail them a code for a new one",
  access: MANAGE_MEMBERS,
  params: MemberPath,
  answer: asItIsNow,
  errors: ["conflict", "rate_limited", "cognito_unavailable"],
});

export const resetMemberFactors = operation({
  method: "POST",
  path: "/api/members/{id}/reset-mfa",
  id: "resetMemberFactors",
  tag,
  summary: "Turn a member's second factors off",
  access: MANAGE_MEMBERS,
  params: MemberPath,
  answer: asItIsNow,
  errors: ["conflict", "cognito_unavailable"],
});
