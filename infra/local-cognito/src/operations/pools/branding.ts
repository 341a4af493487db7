import { randomUUID } from "node:crypto";
import { z } from "zod";
import { alreadyExists, invalidParameter, limitExceeded, resourceNotFound } from "../../model/failures";
import type { Branding, BrandingAsset } from "../../model/hosted";
import type { Cognito } from "../../store/cognito";
import { drop, put } from "../../store/store";
import { signed } from "../operation";
import { clientId, userPoolId, wireTime } from "../parameters";

/** Developer guide, "The branding editor": files of 2 MB at most together, since a request has no more. */
const asset = z.object({
  Category: z.enum([
    "FAVICON_ICO",
    "FAVICON_SVG",
    "EMAIL_GRAPHIC",
    "SMS_GRAPHIC",
    "AUTH_APP_GRAPHIC",
    "PASSWORD_GRAPHIC",
    "PASSKEY_GRAPHIC",
    "PAGE_HEADER_LOGO",
    "PAGE_HEADER_BACKGROUND",
    "PAGE_FOOTER_LOGO",
    "PAGE_FOOTER_BACKGROUND",
    "PAGE_BACKGROUND",
    "FORM_BACKGROUND",
    "FORM_LOGO",
    "IDP_BUTTON_ICON",
  ]),
  ColorMode: z.enum(["LIGHT", "DARK", "DYNAMIC"]),
  Extension: z.enum(["ICO", "JPEG", "PNG", "SVG", "WEBP"]),
  Bytes: z.base64().max(1_000_000).optional(),
  ResourceId: z.string().min(1).max(40).optional(),
});
const look = {
  UseCognitoProvidedValues: z.boolean().optional(),
  Settings: z.record(z.string(), z.unknown()).optional(),
  Assets: z.array(asset).max(40).optional(),
};
type Look = z.output<ReturnType<typeof z.object<typeof look>>>;

const inPool = z.object({ UserPoolId: userPoolId });
const named = inPool.extend({ ManagedLoginBrandingId: z.uuid() });
const ofClient = inPool.extend({ ClientId: clientId });
const merged = { ReturnMergedResources: z.boolean().default(false) };
/** "Amazon Cognito has a quota of 20 branding styles for a user pool" (developer guide, "Quotas"). */
const MOST = 20;

/** The look of managed login, one for each client. */
export const brandingOperations = {
  CreateManagedLoginBranding: signed(ofClient.extend(look), (cognito, { UserPoolId, ClientId, ...given }) => {
    const pool = cognito.pool(UserPoolId);
    const client = cognito.client(ClientId, pool);
    assertLook(given);
    const all = cognito.brandings(pool);
    if (all.some((each) => each.clientId === client.id)) throw alreadyExists.branding();
    if (all.length >= MOST) throw limitExceeded(`A user pool can have ${MOST} branding styles.`);
    const now = cognito.now();
    const branding: Branding = {
      id: randomUUID(),
      poolId: pool.id,
      clientId: client.id,
      useDefaults: given.UseCognitoProvidedValues ?? false,
      settings: given.Settings,
      assets: stored(given.Assets ?? []),
      createdAt: now,
      modifiedAt: now,
    };
    cognito.commit(put("brandings", branding));
    return { ManagedLoginBranding: describeBranding(branding) };
  }),

  UpdateManagedLoginBranding: signed(named.extend(look), (cognito, { UserPoolId, ...given }) => {
    const branding = existing(cognito, UserPoolId, ({ id }) => id === given.ManagedLoginBrandingId);
    assertLook(given);
    // "preserves existing style settings that you don't specify" (API reference); the defaults take them back.
    const useDefaults = given.UseCognitoProvidedValues ?? (branding.useDefaults && !given.Settings);
    const updated: Branding = {
      ...branding,
      useDefaults,
      settings: useDefaults ? undefined : (given.Settings ?? branding.settings),
      assets: useDefaults ? [] : given.Assets ? stored(given.Assets) : branding.assets,
      modifiedAt: cognito.now(),
    };
    cognito.commit(put("brandings", updated));
    return { ManagedLoginBranding: describeBranding(updated) };
  }),

  DescribeManagedLoginBranding: signed(
    named.extend(merged),
    (cognito, { UserPoolId, ManagedLoginBrandingId }) => ({
      ManagedLoginBranding: describeBranding(
        existing(cognito, UserPoolId, ({ id }) => id === ManagedLoginBrandingId),
      ),
    }),
  ),

  DescribeManagedLoginBrandingByClient: signed(
    ofClient.extend(merged),
    (cognito, { UserPoolId, ClientId }) => {
      cognito.client(ClientId, cognito.pool(UserPoolId));
      const branding = existing(cognito, UserPoolId, (each) => each.clientId === ClientId);
      return { ManagedLoginBranding: describeBranding(branding) };
    },
  ),

  DeleteManagedLoginBranding: signed(named, (cognito, { UserPoolId, ManagedLoginBrandingId }) => {
    cognito.commit(
      drop(
        "brandings",
        existing(cognito, UserPoolId, ({ id }) => id === ManagedLoginBrandingId),
      ),
    );
    return {};
  }),
};

/** @throws ResourceNotFoundException */
function existing(cognito: Cognito, poolId: string, isIt: (branding: Branding) => boolean): Branding {
  const branding = cognito.brandings(cognito.pool(poolId)).find(isIt);
  if (!branding) throw resourceNotFound.branding();
  return branding;
}

/** @throws InvalidParameterException */
function assertLook({ UseCognitoProvidedValues, Settings, Assets }: Look): void {
  if (UseCognitoProvidedValues && (Settings || Assets)) {
    throw invalidParameter("Settings and Assets cannot be given with UseCognitoProvidedValues.");
  }
  const places = (Assets ?? []).map(({ Category, ColorMode }) => `${Category} ${ColorMode}`);
  if (new Set(places).size < places.length)
    throw invalidParameter("There are two assets of one category and mode.");
}

const stored = (assets: BrandingAsset[]) =>
  assets.map((each) => ({ ...each, ResourceId: each.ResourceId ?? randomUUID() }));

function describeBranding(branding: Branding): object {
  return {
    ManagedLoginBrandingId: branding.id,
    UserPoolId: branding.poolId,
    UseCognitoProvidedValues: branding.useDefaults,
    ...(branding.settings !== undefined && { Settings: branding.settings }),
    ...(branding.assets.length > 0 && { Assets: branding.assets }),
    CreationDate: wireTime(branding.createdAt),
    LastModifiedDate: wireTime(branding.modifiedAt),
  };
}
