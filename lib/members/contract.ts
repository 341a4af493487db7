import { z } from "zod";
import { Email } from "../auth/sign-in/forms";
import { isExternal } from "../auth/single-sign-on/provider-name";
import { PageQuery } from "../db/page";
import { members } from "../db/schema";
import { PersonName, storableText } from "../db/text";
import { fault } from "../field-error";
import { GIVEN_ROLES } from "../roles";

export const MEMBER_STATUSES = members.status.enumValues;

export const MEMBER_ORDERS = ["name", "last_sign_in"] as const;

/** A member's id is the `sub` of their account. */
export const MemberPath = z.object({ id: z.uuid() });
export const ListMembers = PageQuery.extend({
  q: storableText(1, 128)
    .optional()
    .describe(
      "Only members with this in their name or e-mail address; forms and cases of a letter are alike.",
    ),
  role: z.enum(GIVEN_ROLES).optional(),
  status: z.enum(MEMBER_STATUSES).optional(),
  sort: z
    .enum(MEMBER_ORDERS)
    .optional()
    .describe("`name`, `last_sign_in` with the latest first, or by itself the newest account first."),
});
export const NewMember = z
  .strictObject({
    email: Email.transform((email) => email.toLowerCase()),
    name: PersonName.optional().describe("What they are called; they can change it."),
    role: z.enum(GIVEN_ROLES).default("member"),
  })
  .meta({ id: "NewMember", examples: [{ email: "zoe@acme.example", name: "Zoe Ito", role: "viewer" }] });
export const MemberChange = z
  .strictObject({ role: z.enum(GIVEN_ROLES), status: z.enum(["enabled", "disabled"]) })
  .partial()
  .refine((change) => Object.keys(change).length > 0, fault("nothing_to_change"))
  .meta({ id: "MemberChange", minProperties: 1, examples: [{ role: "admin" }, { status: "disabled" }] });

const EXAMPLE = {
  id: "b7d4ca28-50f1-70c5-9c3e-2f6d1a5e8b90",
  email: "zoe@acme.example",
  name: "Zoe Ito",
  role: "viewer",
  is_operator: false,
  status: "active",
  tenant_id: "acme",
  created_at: "2026-11-21T08:30:00.000Z",
  updated_at: "2026-11-21T09:02:11.000Z",
  last_sign_in_at: "2026-11-21T09:02:11.000Z",
  has_second_step: true,
  invited_at: "2026-11-21T08:30:00.000Z",
  signs_in_by: "password",
} as const;

export const Member = z
  .object({
    id: z.uuid().describe("The `sub` of their account."),
    email: z.string(),
    name: z.string().nullable().describe("What they are called; null while they have not said it."),
    role: z.enum(GIVEN_ROLES),
    is_operator: z
      .boolean()
      .describe("Also the platform's own staff, whom a tenant's administrators cannot change."),
    status: z.enum(MEMBER_STATUSES),
    tenant_id: z.string(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    last_sign_in_at: z.iso.datetime().nullable(),
    has_second_step: z
      .boolean()
      .nullable()
      .describe("Whether a second step is turned on; null while it is not known."),
    invited_at: z.iso
      .datetime()
      .nullable()
      .describe("When their invitation was mailed last; null where it was not from here."),
    signs_in_by: z
      .enum(["password", "single_sign_on"])
      .describe("`password`: here, also with a passkey; `single_sign_on`: by the tenant's own provider."),
  })
  .meta({ id: "Member", examples: [EXAMPLE] });
/** What became of looking for members in the user pool. */
export const DirectoryReading = z
  .object({
    found: z.int().describe("How many members were found there."),
    removed: z.int().describe("How many were in the list and are not in the tenant any more."),
    complete: z
      .boolean()
      .describe("False when the pool is larger than what is gone through at once: some may be missing."),
  })
  .meta({ id: "DirectoryReading", examples: [{ found: 5, removed: 0, complete: true }] });

export type MemberStatus = (typeof MEMBER_STATUSES)[number];
export type ListMembers = z.output<typeof ListMembers>;
export type NewMember = z.output<typeof NewMember>;
export type MemberChange = z.output<typeof MemberChange>;
export type Member = z.output<typeof Member>;
export type DirectoryReading = z.output<typeof DirectoryReading>;

/** A row as the API shows it. */
export function toMember(row: Omit<typeof members.$inferSelect, "emailKey" | "nameKey">): Member {
  return {
    id: row.sub,
    email: row.email,
    name: row.name,
    role: row.role,
    is_operator: row.isOperator,
    status: row.status,
    tenant_id: row.tenantId,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    last_sign_in_at: row.lastSignInAt?.toISOString() ?? null,
    has_second_step: row.hasSecondStep,
    invited_at: row.invitedAt?.toISOString() ?? null,
    // Who was listed before that was noted is known by their name.
    signs_in_by: row.comesByProvider || isExternal(row) ? "single_sign_on" : "password",
  };
}
