import type { IdentityProvider, ProviderType } from "../model/identity-provider";

type Details = Record<string, string | undefined>;

/** Where the social providers are. */
const USUAL: Partial<Record<ProviderType, (version: string) => Details>> = {
  Google: () => ({ oidc_issuer: "https://accounts.google.com" }),
  SignInWithApple: () => ({ oidc_issuer: "https://appleid.apple.com" }),
  Facebook: (version) => ({
    authorize_url: `https://www.facebook.com/${version}/dialog/oauth`,
    token_url: `https://graph.facebook.com/${version}/oauth/access_token`,
    attributes_url: `https://graph.facebook.com/${version}/me`,
    attributes_url_add_attributes: "true",
  }),
  LoginWithAmazon: () => ({
    authorize_url: "https://www.amazon.com/ap/oa",
    token_url: "https://api.amazon.com/auth/o2/token",
    attributes_url: "https://api.amazon.com/user/profile",
  }),
};

/** A provider's ProviderDetails, with what need not be said of a social one. An issuer that is said is asked for the rest. */
export function detailsOf({ type, details }: IdentityProvider): Details {
  const usual = details.oidc_issuer ? {} : USUAL[type]?.(details.api_version ?? "v22.0");
  return { ...usual, ...details };
}
