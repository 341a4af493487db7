import { z } from "zod";
import { Email, Password } from "../auth/sign-in/forms";
import { isEmailDomain, toDomain } from "../auth/single-sign-on/email-domain";
import { isReservedTenantId, isTenantId } from "../auth/tenancy/tenant-id";
import { PageQuery } from "../db/page";
import { SINGLE_SIGN_ON_STATES } from "../db/schema";
import { nameText, storableText } from "../db/text";
import { fault } from "../field-error";

/** `deleting`: its deletion was begun, and is not at its end. */
export const TENANT_STATUSES = ["active", "suspended", "deleting"] as const;
export type TenantStatus = (typeof TENANT_STATUSES)[number];

export const TenantPath = z.object({ id: z.string().refine(isTenantId) });
export const TenantDomainPath = TenantPath.extend({
  domain: z.string().transform(toDomain).refine(isEmailDomain),
});
export const ListTenants = PageQuery.extend({
  q: storableText(1, 128)
    .optional()
    .describe("Only tenants with this in their name or id; forms and cases of a letter are alike."),
  status: z.enum(TENANT_STATUSES).optional(),
});

/** What people call a tenant. */
export const TenantName = nameText(100);
const Address = Email.transform((email) => email.toLowerCase());

export const NewTenant = z
  .strictObject({
    id: z
      .string()
      .trim()
      .min(1)
      .refine(isTenantId, fault("not_a_tenant"))
      .refine((id) => !isReservedTenantId(id), fault("not_a_tenant"))
      .describe("1 to 64 of a-z, 0-9, - and _, beginning and ending with a letter or digit. It stays."),
    name: TenantName.optional().describe("What people call it; left out: its id."),
    administrator: Address.optional().describe("Who is invited as its first administrator."),
  })
  .meta({
    id: "NewTenant",
    examples: [{ id: "acme", name: "Acme Ltd", administrator: "eve@acme.example" }],
  });
export const TenantChange = z
  .strictObject({
    name: TenantName,
    status: z.enum(["active", "suspended"]),
    single_sign_on: z
      .literal("on")
      .describe("Has passwords count again where single sign-on is `required`; nothing else is set here."),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, fault("nothing_to_change"))
  .meta({
    id: "TenantChange",
    minProperties: 1,
    examples: [{ name: "Acme Group" }, { status: "suspended" }],
  });
export const NewAdministrator = z
  .strictObject({ email: Address })
  .meta({ id: "NewAdministrator", examples: [{ email: "eve@acme.example" }] });
export const TenantDeletion = z
  .strictObject({
    confirm: z.string().max(64).describe("The id of the tenant once more."),
    password: Password.describe("The caller's own once more: a token alone deletes no tenant."),
  })
  .meta({
    id: "TenantDeletion",
    examples: [{ confirm: "acme", password: "a-long-enough-Passw0rd" }],
  });

const EXAMPLE = {
  id: "acme",
  name: "Acme Ltd",
  status: "active",
  members: 5,
  created_at: "2026-11-21T08:30:00.000Z",
  suspended_at: null,
  single_sign_on: "off",
  deletion: null,
} as const;
const shape = {
  id: z.string(),
  name: z.string(),
  status: z.enum(TENANT_STATUSES),
  members: z.int().describe("How many are in its list of members."),
  created_at: z.iso.datetime(),
  suspended_at: z.iso.datetime().nullable(),
  single_sign_on: z.enum(SINGLE_SIGN_ON_STATES),
  deletion: z
    .object({
      began_at: z.iso.datetime(),
      users: z.int().describe("How many users are gone."),
      rows: z.int().describe("How many rows are gone."),
      trouble: z
        .string()
        .nullable()
        .describe("The code of what it waits for, such as `cognito_unavailable`: it is tried again."),
    })
    .nullable()
    .describe("How far its deletion is, where it was begun."),
};

export const Tenant = z.object(shape).meta({ id: "Tenant", examples: [EXAMPLE] });
export const MadeTenant = z
  .object({
    ...shape,
    invitation: z
      .enum(["mailed", "failed", "none"])
      .describe("`failed`: the tenant is there, and its administrator is to be invited once more."),
  })
  .meta({ id: "MadeTenant", examples: [{ ...EXAMPLE, members: 1, invitation: "mailed" }] });
export const InvitedAdministrator = z
  .object({ email: z.string(), tenant_id: z.string() })
  .meta({ id: "InvitedAdministrator", examples: [{ email: "eve@acme.example", tenant_id: "acme" }] });

export const ProvedDomain = z
  .object({ domain: z.string(), tenant_id: z.string() })
  .meta({ id: "ProvedDomain", examples: [{ domain: "acme.example", tenant_id: "acme" }] });

export type ProvedDomain = z.output<typeof ProvedDomain>;
export type ListTenants = z.output<typeof ListTenants>;
export type NewTenant = z.output<typeof NewTenant>;
export type TenantChange = z.output<typeof TenantChange>;
export type TenantDeletion = z.output<typeof TenantDeletion>;
export type Tenant = z.output<typeof Tenant>;
export type MadeTenant = z.output<typeof MadeTenant>;
export type InvitedAdministrator = z.output<typeof InvitedAdministrator>;
