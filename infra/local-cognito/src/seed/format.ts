import { z } from "zod";
import { clientId, userPoolId } from "../operations/parameters";

/** A seed that cannot be applied: where in it, and why. */
export class SeedError extends Error {
  override readonly name = "SeedError";
}

/** The input of one operation of the API, which checks it: without the pool, which is the one around it. */
const input = z.record(z.string(), z.unknown());
const inputs = z.array(input).default([]);

const user = z.strictObject({
  Username: z.string(),
  /** Made up if absent, as on AWS. */
  Sub: z.uuid().optional(),
  Attributes: z.record(z.string(), z.string()).default({}),
  Groups: z.array(z.string()).default([]),
  /** One of these three at most. Somebody without any cannot sign in by password. */
  Password: z.string().optional(),
  TemporaryPassword: z.string().optional(),
  /** As `/_local/export` writes it: nobody's password is known. */
  PasswordHash: z.looseObject({ hash: z.string(), salt: z.string() }).optional(),
  /** What the password says, if absent. */
  UserStatus: z.enum(["UNCONFIRMED", "CONFIRMED", "RESET_REQUIRED", "FORCE_CHANGE_PASSWORD"]).optional(),
  Enabled: z.boolean().default(true),
  /** Base32, as an authenticator app has it. */
  SoftwareTokenSecret: z
    .string()
    .regex(/^[A-Z2-7]+$/)
    .optional(),
  /** As AdminGetUser shows them. */
  UserMFASettingList: z.array(z.string()).default([]),
  PreferredMfaSetting: z.string().optional(),
});

const client = z.looseObject({
  ClientId: clientId.optional(),
  ClientSecret: z.string().min(24).max(64).optional(),
});

const pool = z.looseObject({
  Id: userPoolId.optional(),
  /** SetUserPoolMfaConfig's. */
  Mfa: input.optional(),
  Domains: inputs,
  ResourceServers: inputs,
  IdentityProviders: inputs,
  Groups: inputs,
  Clients: z.array(client).default([]),
  UICustomizations: inputs,
  Users: z.array(user).default([]),
});

/**
 * What a server holds at its start. A pool, a client, a group and so on have the members of the operation that creates
 * them (CreateUserPool, …), a pool and a client also their ids, which are made up if absent.
 */
export const seedFormat = z.strictObject({ UserPools: z.array(pool) });
export type Seed = z.input<typeof seedFormat>;
export type SeedPool = z.output<typeof pool>;
export type SeedUser = z.output<typeof user>;

/** @throws SeedError naming the first path that is wrong */
export function parseSeed(raw: unknown): z.output<typeof seedFormat> {
  const { success, data, error } = seedFormat.safeParse(raw);
  if (success) return data;
  const [issue] = error.issues;
  if (issue?.code === "unrecognized_keys") {
    throw new SeedError(`${pathOf([...issue.path, issue.keys[0] ?? ""])} is not known.`);
  }
  throw new SeedError(`${pathOf(issue?.path ?? [])}: ${issue?.message}`);
}

/** `UserPools[0].Users[2].Groups` */
export function pathOf(path: PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`));
  return steps.join("").replace(/^\./, "") || "The seed";
}
