import { z } from "zod";
import { PROVIDER_TYPES, SUBJECT } from "../model/identity-provider";
import { clientId, userPoolId } from "../operations/parameters";
import { type Seed, SeedError } from "./seed";

/** The input of one operation of the API, which checks it: without the pool, which is the one around it. */
const input = z.record(z.string(), z.unknown());
const inputs = z.array(input).default([]);

const user = z.strictObject({
  Username: z.string(),
  Sub: z.uuid().optional(),
  Attributes: z.record(z.string(), z.string()).default({}),
  Groups: z.array(z.string()).default([]),
  Password: z.string().optional(),
  TemporaryPassword: z.string().optional(),
  PasswordHash: z.looseObject({ hash: z.string(), salt: z.string() }).optional(),
  UserStatus: z
    .enum(["UNCONFIRMED", "CONFIRMED", "RESET_REQUIRED", "FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER"])
    .optional(),
  Enabled: z.boolean().default(true),
  SoftwareTokenSecret: z
    .string()
    .regex(/^[A-Z2-7]+$/)
    .optional(),
  Passkeys: z
    .array(
      z.strictObject({
        id: z.string(),
        publicKey: z.string(),
        counter: z.number(),
        transports: z.array(z.string()).optional(),
        attachment: z.string().optional(),
        name: z.string(),
        relyingPartyId: z.string(),
        createdAt: z.number(),
      }),
    )
    .optional(),
  Identities: z
    .array(
      z.strictObject({
        providerName: z.string(),
        userId: z.string(),
        primary: z.boolean().default(false),
        attribute: z.string().default(SUBJECT),
        // As an export has them.
        providerType: z.enum(PROVIDER_TYPES).optional(),
        createdAt: z.number().optional(),
      }),
    )
    .default([]),
  Devices: z
    .array(
      z.strictObject({
        key: z.string(),
        groupKey: z.string(),
        name: z.string().optional(),
        srp: z.strictObject({ salt: z.string(), verifier: z.string() }),
        isRemembered: z.boolean(),
        createdAt: z.number(),
        modifiedAt: z.number(),
        authenticatedAt: z.number(),
      }),
    )
    .optional(),
  UserMFASettingList: z.array(z.string()).default([]),
  PreferredMfaSetting: z.string().optional(),
});

const client = z.looseObject({
  ClientId: clientId.optional(),
  ClientSecret: z.string().min(24).max(64).optional(),
  SecondClientSecret: z.string().min(24).max(64).optional(),
  SSOSession: input.optional(),
});

const pool = z.looseObject({
  Id: userPoolId.optional(),
  Mfa: input.optional(),
  Domains: inputs,
  ResourceServers: inputs,
  IdentityProviders: inputs,
  Groups: inputs,
  Clients: z.array(client).default([]),
  UICustomizations: inputs,
  SessionConfiguration: input.optional(),
  LogDelivery: input.optional(),
  RiskConfigurations: inputs,
  Terms: inputs,
  ManagedLoginBrandings: inputs,
  Users: z.array(user).default([]),
});

/** Takes what is declared for people. */
const seedFormat = z.strictObject({ UserPools: z.array(pool) }) satisfies z.ZodType<unknown, Seed>;
export type ParsedPool = z.output<typeof pool>;
export type ParsedUser = z.output<typeof user>;

/** @throws SeedError naming the first path that is wrong */
export function parseSeed(raw: Seed): z.output<typeof seedFormat> {
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
