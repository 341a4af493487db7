import { createHash } from "node:crypto";
import { recordedFirst } from "../audit/recorded-first";
import { providerNameOf } from "../auth/single-sign-on/provider-name";
import type { TenantContext } from "../auth/tenancy/tenant";
import { offerProvider, type ProviderSettings, saveIdentityProvider } from "../cognito/identity-providers";
import { type Expected, WHICHEVER } from "../db/expected-version";
import { withLease } from "../db/lease";
import { readTenant } from "../db/with-tenant";
import { env } from "../env";
import { AppError } from "../errors";
import type { Provider, SingleSignOn } from "./contract";
import { forgetPeople } from "./forget-people";
import { shownIn } from "./read-single-sign-on";
import {
  changeRow,
  changeStill,
  findRow,
  noneYet,
  provedDomainsOf,
  type Row,
  requireStill,
  type Wish,
} from "./rows";

/** What one process at a time does at Cognito: the client's list of providers is written as a whole. */
export const PROVIDERS_LEASE = "identity providers";

/**
 * Sets the tenant's provider: the wish first, then Cognito, then that it is so. Another provider than before calls its
 * people by the same names, maybe, and means others: those of before go, and it has to be off meanwhile.
 *
 * @throws AppError `conflict`, `precondition_failed`, `invalid_request` for what Cognito cannot use, `cognito_unavailable`.
 */
export async function saveProvider(
  tenant: TenantContext,
  provider: Provider,
  expected: Expected,
): Promise<SingleSignOn> {
  const { tenantId } = tenant;
  const name = requireProviderName(tenantId);
  const wish = rowOf(provider);
  let before = noneYet(tenantId);
  let wished: Wish = before;
  let isRefused = false;
  const isOther = () => before.source !== null && before.source !== wish.source;
  return recordedFirst(tenant, {
    events: [{ action: "single_sign_on.provider_saved", subject: subjectOf(provider) }],
    begin: async (tx) => {
      before = await changeRow(tx, tenantId, {}, expected);
      if (isOther() && before.state !== "off") {
        const detail = "Switch single sign-on off first: another provider takes the people of this one away.";
        throw new AppError("conflict", { detail });
      }
      // Whose people there may be is another one's only once those of before are gone.
      wished = { providerVersion: before.providerVersion + 1 };
      const change = { ...wish, ...wished, source: before.source, isSettled: false, ...UNTESTED };
      await changeRow(tx, tenantId, change, WHICHEVER);
    },
    effect: () =>
      withLease(PROVIDERS_LEASE, async () => {
        await requireStill(tenantId, wished);
        const domains = await readTenant(tenantId, (reads) => provedDomainsOf(reads, tenantId));
        const hasSecret = await saveIdentityProvider(name, settingsOf(provider), domains).catch((error) => {
          isRefused = error instanceof AppError && error.status < 500;
          throw error;
        });
        if (isOther()) await forgetPeople(tenant, name);
        await offerProvider(name, true);
        return hasSecret;
      }),
    finish: async (tx, hasSecret) => {
      await changeStill(tx, tenantId, { source: wish.source, hasSecret, isSettled: true }, wished);
      return shownIn(tx, tenantId);
    },
    giveUp: async (tx) => {
      // What Cognito refused changed nothing there; who has saved since says what is wanted now.
      if (!isRefused || (await findRow(tx, tenantId)).providerVersion !== wished.providerVersion) return;
      await changeStill(tx, tenantId, ofProvider(before), wished);
    },
  });
}

/** What it said before it was changed. */
export const UNTESTED = { testedAt: null, testedSubject: null, testedEmail: null } as const;

/** @throws AppError `conflict` where there is no Hosted UI, and for a tenant whose id is no name of a provider. */
export function requireProviderName(tenantId: string): string {
  const name = providerNameOf(tenantId);
  if (!env().COGNITO_DOMAIN) {
    throw new AppError("conflict", {
      detail: "There is no Hosted UI here (COGNITO_DOMAIN), which takes it.",
    });
  }
  if (name !== null) return name;
  const detail =
    "The id of this tenant cannot name a provider: it may have 28 characters at the most, and no underscore.";
  throw new AppError("conflict", { detail });
}

function rowOf(provider: Provider): Partial<Row> & { source: string } {
  if (provider.kind === "oidc") {
    const { issuer, client_id: clientId, scopes, says_verified: saysVerified } = provider;
    return {
      kind: "oidc",
      issuer,
      clientId,
      scopes,
      saysVerified,
      metadataUrl: null,
      source: `oidc ${issuer}`,
    };
  }
  const none = { issuer: null, clientId: null, scopes: null, saysVerified: true };
  const { metadata_url: metadataUrl = null, metadata = "" } = provider;
  const source = metadataUrl ?? entityIn(metadata);
  return { kind: "saml", ...none, metadataUrl, source: `saml ${source}` };
}

/** Who the metadata are of (SAML 2.0 Metadata, section 2.3.2). A text that does not say it is of somebody else each time. */
function entityIn(metadata: string): string {
  const entity = /<(?:[\w-]+:)?EntityDescriptor\s[^>]*?\bentityID=["']([^"']{1,1024})["']/.exec(
    metadata,
  )?.[1];
  return entity ?? createHash("sha256").update(metadata).digest("base64url");
}

function settingsOf(provider: Provider): ProviderSettings {
  if (provider.kind === "oidc") {
    const { issuer, client_id: clientId, scopes, client_secret: secret = null } = provider;
    return { kind: "oidc", issuer, clientId, scopes, secret, saysVerified: provider.says_verified };
  }
  const { metadata_url: metadataUrl, metadata = "" } = provider;
  return metadataUrl === undefined ? { kind: "saml", metadata } : { kind: "saml", metadataUrl };
}

function subjectOf(provider: Provider): { id: string; label: string } {
  const label = provider.kind === "oidc" ? provider.issuer : (provider.metadata_url ?? "SAML");
  return { id: provider.kind, label };
}

/** The part of the row that a provider is. */
export function ofProvider({
  tenantId: _,
  state,
  newcomerRole,
  emergencySub,
  providerVersion,
  version,
  updatedAt,
  ...provider
}: Row) {
  return provider;
}
