import { randomBytes } from "node:crypto";
import { z } from "zod";
import { invalidParameter, notInTier } from "../../model/failures";
import type { Domain } from "../../model/hosted";
import { notHonoured } from "../../model/not-honoured";
import type { Pool } from "../../model/pool";
import type { Cognito } from "../../store/cognito";
import { drop, put } from "../../store/store";
import { signed } from "../operation";
import { userPoolId } from "../parameters";

const SECURITY_POLICIES = ["TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"] as const;
const domainName = z.string().min(1).max(63);
const input = z.object({
  Domain: domainName,
  UserPoolId: userPoolId,
  ManagedLoginVersion: z.number().int().min(1).max(2).optional(),
  CustomDomainConfig: z
    .object({
      CertificateArn: z.string().min(20).max(2048),
      SecurityPolicy: z.enum(SECURITY_POLICIES).optional(),
    })
    .optional(),
  Routing: notHonoured("replicas"),
});

/** A pool's domain: the name under which AWS would serve its Hosted UI, which here is at the server's root. */
export const domainOperations = {
  CreateUserPoolDomain: signed(
    input,
    (cognito, { Domain, UserPoolId, ManagedLoginVersion, CustomDomainConfig }) => {
      const pool = cognito.pool(UserPoolId);
      if (!CustomDomainConfig) assertPrefix(Domain);
      assertManagedLogin(pool, ManagedLoginVersion);
      if (cognito.domain(Domain)) throw invalidParameter("Domain already associated with another user pool.");
      const kind = (domain: Domain) => domain.certificateArn !== undefined;
      if (cognito.domains(pool).some((other) => kind(other) === (CustomDomainConfig !== undefined))) {
        throw invalidParameter("User pool already has a domain configured.");
      }
      const domain: Domain = {
        name: Domain,
        poolId: pool.id,
        certificateArn: CustomDomainConfig?.CertificateArn,
        securityPolicy: CustomDomainConfig?.SecurityPolicy,
        managedLoginVersion: ManagedLoginVersion,
        version: newVersion(),
      };
      cognito.commit(put("domains", domain));
      return changed(domain);
    },
  ),

  DescribeUserPoolDomain: signed(z.object({ Domain: domainName }), (cognito, { Domain }) => {
    const domain = cognito.domain(Domain);
    return { DomainDescription: domain ? describeDomain(cognito, domain) : {} };
  }),

  UpdateUserPoolDomain: signed(
    input,
    (cognito, { Domain, UserPoolId, ManagedLoginVersion, CustomDomainConfig }) => {
      const pool = cognito.pool(UserPoolId);
      const domain = existing(cognito, pool, Domain);
      assertManagedLogin(pool, ManagedLoginVersion);
      if (domain.certificateArn && !CustomDomainConfig)
        throw invalidParameter("Cannot convert custom domain to prefix domain.");
      if (!domain.certificateArn && CustomDomainConfig)
        throw invalidParameter("Cannot convert prefix domain to custom domain.");
      const updated: Domain = {
        ...domain,
        certificateArn: CustomDomainConfig?.CertificateArn,
        securityPolicy: CustomDomainConfig?.SecurityPolicy ?? domain.securityPolicy,
        managedLoginVersion: ManagedLoginVersion ?? domain.managedLoginVersion,
        version: newVersion(),
      };
      cognito.commit(put("domains", updated));
      return changed(updated);
    },
  ),

  DeleteUserPoolDomain: signed(
    z.object({ Domain: domainName, UserPoolId: userPoolId }),
    (cognito, { Domain, UserPoolId }) => {
      cognito.commit(drop("domains", existing(cognito, cognito.pool(UserPoolId), Domain)));
      return {};
    },
  ),
};

/** `Domain` and `CustomDomain`, as DescribeUserPool shows them. */
export function describeDomains(domains: Domain[]): object {
  const prefix = domains.find((domain) => !domain.certificateArn);
  const custom = domains.find((domain) => domain.certificateArn);
  return { ...(prefix && { Domain: prefix.name }), ...(custom && { CustomDomain: custom.name }) };
}

/** @throws InvalidParameterException while the pool has a domain, as DeleteUserPool does. */
export function assertNoDomain(domains: Domain[]): void {
  if (domains.length > 0) {
    throw invalidParameter(
      "User pool cannot be deleted. It has a domain configured that should be deleted first.",
    );
  }
}

function existing(cognito: Cognito, pool: Pool, name: string): Domain {
  const domain = cognito.domain(name);
  if (domain?.poolId !== pool.id) throw invalidParameter("No such domain or user pool exists.");
  return domain;
}

function assertPrefix(name: string): void {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
    throw invalidParameter(
      "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$",
    );
  }
  if (/aws|amazon|cognito/.test(name)) throw invalidParameter("Domain cannot contain reserved word: cognito");
}

const newVersion = () => randomBytes(8).toString("hex");

function changed({ certificateArn, managedLoginVersion, name }: Domain): object {
  return {
    ManagedLoginVersion: managedLoginVersion ?? 1,
    ...(certificateArn && { CloudFrontDomain: distributionOf(name) }),
  };
}

const distributionOf = (name: string) => `${name.replace(/[^a-z0-9]/g, "").slice(0, 12)}.cloudfront.net`;

function describeDomain(cognito: Cognito, domain: Domain): object {
  return {
    UserPoolId: domain.poolId,
    AWSAccountId: cognito.accountId,
    Domain: domain.name,
    S3Bucket: "local",
    CloudFrontDistribution: distributionOf(domain.name),
    Version: domain.version,
    Status: "ACTIVE",
    CustomDomainConfig: domain.certificateArn
      ? {
          CertificateArn: domain.certificateArn,
          ...(domain.securityPolicy && { SecurityPolicy: domain.securityPolicy }),
        }
      : {},
    ManagedLoginVersion: domain.managedLoginVersion ?? 1,
  };
}

/** @throws FeatureUnavailableInTierException: managed login (version 2) is for the larger feature plans */
function assertManagedLogin({ settings }: Pool, version: number | undefined): void {
  if (version === 2 && settings.UserPoolTier === "LITE") throw notInTier("Managed login");
}
