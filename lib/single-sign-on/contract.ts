import { z } from "zod";
import { isEmailDomain, toDomain } from "../auth/single-sign-on/email-domain";
import { SINGLE_SIGN_ON_STATES } from "../db/schema";
import { storableText } from "../db/text";
import { fault } from "../field-error";
import { GIVEN_ROLES } from "../roles";
import { isGoogle, isOfOneCompany } from "./issuers";
import { isIssuer, isProviderAddress } from "./provider-address";

/** Of an XML text: a request has 64 KB, and a company's metadata some ten. */
const MAX_METADATA = 60_000;

const addressThat = (isFit: (address: string) => boolean) =>
  z
    .string()
    .trim()
    .max(1_024)
    .refine(isFit, { ...fault("not_a_provider"), abort: true })
    .describe(
      "An https address that Cognito can reach, without a user name. Nothing is fetched from it by us.",
    );
const Address = addressThat(isProviderAddress);
/** RFC 6749, appendix A: what client ids and secrets are written in. */
const VISIBLE = /^[\x20-\x7e]+$/;

/** Given to the application by whoever runs the provider. */
const oidc = {
  kind: z.literal("oidc"),
  issuer: addressThat(isIssuer)
    .refine(isOfOneCompany, fault("not_of_a_company"))
    .transform((issuer) => issuer.replace(/\/+$/, "")),
  client_id: storableText(1, 256).regex(VISIBLE),
  scopes: z
    .string()
    .trim()
    .max(512)
    .regex(/^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/)
    .refine(
      (scopes) => scopes.split(" ").includes("openid"),
      fault("malformed", "must have openid among them"),
    )
    .default("openid email profile"),
  says_verified: z
    .boolean()
    .default(true)
    .describe(
      "Whether it says `email_verified`. `false` is for a provider that never does, such as Microsoft Entra ID: a proved domain then counts alone. Not for Google, whose issuer is everybody's.",
    ),
};
export const Provider = z
  .discriminatedUnion("kind", [
    z
      .strictObject({
        ...oidc,
        client_secret: z
          .string()
          .min(1)
          .max(1_024)
          .regex(VISIBLE)
          .optional()
          .describe(
            "Goes to Cognito and is never shown. Left out: the one before, of the same issuer and client.",
          ),
      })
      .refine(({ issuer, says_verified }) => says_verified || !isGoogle(issuer), {
        ...fault("invalid", "must be true: anybody has an account there, and it does say it"),
        path: ["says_verified"],
      }),
    z
      .strictObject({
        kind: z.literal("saml"),
        metadata_url: Address.optional(),
        metadata: z
          .string()
          .trim()
          .min(1)
          .max(MAX_METADATA)
          .optional()
          .describe("The provider's metadata (XML), where there is no address of them."),
      })
      .refine(
        ({ metadata_url, metadata }) => (metadata_url === undefined) !== (metadata === undefined),
        fault("malformed", "must have either metadata_url or metadata"),
      ),
  ])
  .meta({
    id: "SingleSignOnProvider",
    examples: [
      {
        kind: "oidc",
        issuer: "https://login.acme.example",
        client_id: "sekisho",
        client_secret: "given-there",
      },
    ],
  });

export const DomainPath = z.object({ domain: z.string().transform(toDomain).refine(isEmailDomain) });
export const NewDomain = z
  .strictObject({
    domain: z
      .string()
      .max(253)
      .transform(toDomain)
      .refine(isEmailDomain, fault("not_a_domain"))
      .describe(
        "What stands behind the @ of your people's addresses; no public mail service. In any script, or as `xn--`.",
      ),
  })
  .meta({ id: "NewSignInDomain", examples: [{ domain: "acme.example" }] });

export const SingleSignOnChange = z
  .strictObject({
    state: z.enum(SINGLE_SIGN_ON_STATES),
    newcomer_role: z.enum(GIVEN_ROLES),
    emergency_sub: z.uuid().nullable(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, fault("nothing_to_change"))
  .meta({ id: "SingleSignOnChange", minProperties: 1, examples: [{ state: "on" }] });

const moment = z.iso.datetime().nullable();
const SignInDomain = z.object({
  domain: z.string(),
  readable: z
    .string()
    .describe("As people write it; `domain` again where its letters could pass for another one's."),
  proved_at: moment,
  proved_by: z.enum(["dns", "operator"]).nullable(),
  record: z.object({ name: z.string(), value: z.string() }).describe("The TXT record that proves it."),
});

export const SingleSignOn = z
  .object({
    provider: z
      .discriminatedUnion("kind", [
        z.object({
          kind: z.literal("oidc"),
          issuer: z.string(),
          client_id: z.string(),
          scopes: z.string(),
          has_secret: z.boolean(),
          says_verified: z.boolean(),
        }),
        z.object({
          kind: z.literal("saml"),
          metadata_url: z.string().nullable().describe("Null where the metadata were given as a text."),
        }),
      ])
      .nullable(),
    is_settled: z.boolean().describe("False where saving the provider broke off: save it once more."),
    state: z.enum(SINGLE_SIGN_ON_STATES),
    newcomer_role: z.enum(GIVEN_ROLES),
    emergency_sub: z
      .uuid()
      .nullable()
      .describe("The administrator whose password goes on while it is required."),
    tested_at: moment.describe("When somebody last came back from the provider as it is now."),
    tested_as: z
      .object({ subject: z.string(), email: z.string().nullable() })
      .nullable()
      .describe("Who that was, as the provider says it."),
    domains: z.array(SignInDomain),
    redirect_uri: z
      .string()
      .nullable()
      .describe("For an OpenID Connect provider; null where there is no Hosted UI."),
    saml: z
      .object({ acs_url: z.string(), entity_id: z.string() })
      .nullable()
      .describe("For a SAML provider."),
    version: z.int(),
  })
  .meta({
    id: "SingleSignOn",
    examples: [
      {
        provider: {
          kind: "oidc",
          issuer: "https://login.acme.example",
          client_id: "sekisho",
          scopes: "openid email profile",
          has_secret: true,
          says_verified: true,
        },
        is_settled: true,
        state: "on",
        newcomer_role: "member",
        emergency_sub: null,
        tested_at: "2026-11-21T08:30:00.000Z",
        tested_as: { subject: "00u1", email: "alice@acme.example" },
        domains: [
          {
            domain: "acme.example",
            readable: "acme.example",
            proved_at: "2026-11-21T08:31:00.000Z",
            proved_by: "dns",
            record: {
              name: "_sekisho-challenge.acme.example",
              value: "sekisho-domain=Zm9yLWV4YW1wbGUtb25seQ",
            },
          },
        ],
        redirect_uri: "https://login.example.com/oauth2/idpresponse",
        saml: {
          acs_url: "https://login.example.com/saml2/idpresponse",
          entity_id: "urn:amazon:cognito:sp:ap-northeast-1_EXAMPLE",
        },
        version: 7,
      },
    ],
  });

export const BegunTest = z
  .object({
    identity_provider: z
      .string()
      .describe("What to send the browser to sign in with: `identity_provider` of the Hosted UI."),
  })
  .meta({ id: "BegunSingleSignOnTest", examples: [{ identity_provider: "sso-acme" }] });

export type Provider = z.output<typeof Provider>;
export type SingleSignOnChange = z.output<typeof SingleSignOnChange>;
export type SingleSignOn = z.output<typeof SingleSignOn>;
