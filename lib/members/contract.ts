import { z } from "zod";
import { Email } from "../auth/forms";
import { PageQuery } from "../db/page";
import { members } from "../db/schema";
import { storableText } from "../db/text";

export const MEMBER_ROLES = members.role.enumValues;
export const MEMBER_STATUSES = members.status.enumValues;

/** A member's id is the `sub` of their account. */
export const MemberPath = z.object({ id: z.uuid() });
export const ListMembers = PageQuery.extend({
  /** A part of the e-mail address; upper and lower case are alike. */
  q: storableText(1, 128).optional(),
  role: z.enum(MEMBER_ROLES).optional(),
  status: z.enum(MEMBER_STATUSES).optional(),
});
export const NewMember = z.strictObject({
  email: z
    .string()
    .trim()
    .transform((email) => email.toLowerCase())
    .pipe(Email),
  role: z.enum(MEMBER_ROLES).default("member"),
});
export const MemberChange = z
  .strictObject({ role: z.enum(MEMBER_ROLES), status: z.enum(["enabled", "disabled"]) })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "must change something");

export const Member = z.object({
  id: z.uuid(),
  email: z.string(),
  role: z.enum(MEMBER_ROLES),
  /** Also the platform's own staff, whom a tenant's administrators cannot change. */
  is_operator: z.boolean(),
  status: z.enum(MEMBER_STATUSES),
  tenant_id: z.string(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  last_sign_in_at: z.iso.datetime().nullable(),
});
/** What became of looking for members in the user pool. */
export const DirectoryReading = z.object({
  /** How many members were found there. */
  found: z.number().int(),
  /** How many were in the list and are not in the tenant any more. */
  removed: z.number().int(),
  /** False when the pool is larger than what is gone through at once: then some may be missing. */
  complete: z.boolean(),
});

export type MemberRole = (typeof MEMBER_ROLES)[number];
export type MemberStatus = (typeof MEMBER_STATUSES)[number];
export type ListMembers = z.output<typeof ListMembers>;
export type NewMember = z.output<typeof NewMember>;
export type MemberChange = z.output<typeof MemberChange>;
export type Member = z.output<typeof Member>;
export type DirectoryReading = z.output<typeof DirectoryReading>;

/** A row as the API shows it. */
export function toMember(row: Omit<typeof members.$inferSelect, "emailKey">): Member {
  return {
    id: row.sub,
    email: row.email,
    role: row.role,
    is_operator: row.isOperator,
    status: row.status,
    tenant_id: row.tenantId,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    last_sign_in_at: row.lastSignInAt?.toISOString() ?? null,
  };
}
