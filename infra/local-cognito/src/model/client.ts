import { z } from "zod";
import { notHonoured } from "./not-honoured";

const unit = z.enum(["seconds", "minutes", "hours", "days"]);
const urls = z.array(z.string().min(1).max(1024)).max(100).optional();
const attributeNames = z.array(z.string().min(1).max(2048)).optional();

/** What UpdateUserPoolClient may change. What an update leaves out returns to its default. */
export const clientSettings = z.object({
  RefreshTokenValidity: z.number().int().min(0).max(315_360_000).default(30),
  AccessTokenValidity: z.number().int().min(1).max(86_400).optional(),
  IdTokenValidity: z.number().int().min(1).max(86_400).optional(),
  TokenValidityUnits: z
    .object({ AccessToken: unit.optional(), IdToken: unit.optional(), RefreshToken: unit.optional() })
    .optional(),
  ReadAttributes: attributeNames,
  WriteAttributes: attributeNames,
  ExplicitAuthFlows: z
    .array(
      z.enum([
        "ADMIN_NO_SRP_AUTH",
        "CUSTOM_AUTH_FLOW_ONLY",
        "USER_PASSWORD_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_CUSTOM_AUTH",
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
        "ALLOW_USER_AUTH",
        "ALLOW_CLIENT_TOKEN_AUTH",
      ]),
    )
    .optional(),
  SupportedIdentityProviders: z.array(z.string().min(1).max(32)).optional(),
  CallbackURLs: urls,
  LogoutURLs: urls,
  DefaultRedirectURI: z.string().min(1).max(1024).optional(),
  AllowedOAuthFlows: z
    .array(z.enum(["code", "implicit", "client_credentials"]))
    .max(3)
    .optional(),
  AllowedOAuthScopes: z.array(z.string().min(1).max(256)).max(50).optional(),
  AllowedOAuthFlowsUserPoolClient: z.boolean().default(false),
  AnalyticsConfiguration: notHonoured("analytics (AnalyticsConfiguration)", z.strictObject({})),
  PreventUserExistenceErrors: z.enum(["LEGACY", "ENABLED"]).optional(),
  EnableTokenRevocation: z.boolean().default(true),
  EnablePropagateAdditionalUserContextData: notHonoured(
    "addresses of users that a client passes on (EnablePropagateAdditionalUserContextData)",
    z.literal(false),
  ).default(false),
  AuthSessionValidity: z.number().int().min(3).max(15).default(3),
  RefreshTokenRotation: z
    .object({
      Feature: z.enum(["ENABLED", "DISABLED"]),
      RetryGracePeriodSeconds: z.number().int().min(0).max(60).optional(),
    })
    .optional(),
});
export type ClientSettings = z.output<typeof clientSettings>;

export interface ClientSecret {
  id: string;
  value: string;
  createdAt: number;
}

export interface Client {
  id: string;
  poolId: string;
  name: string;
  /** The oldest of its secrets, which Cognito tells in DescribeUserPoolClient. A public client has none. */
  secret?: string | undefined;
  /** All of them, once there was more than one: see `secretsOf`. */
  secrets?: ClientSecret[] | undefined;
  /** For how long a browser that is signed in comes back without a page, in minutes (SetUserPoolClientSessionConfiguration). */
  reuseMinutes?: number | undefined;
  createdAt: number;
  modifiedAt: number;
  settings: ClientSettings;
}
