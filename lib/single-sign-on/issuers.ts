/**
 * Where anybody may have an account, with the address of any company that they once could read the mail of, for as long as
 * they like. Short on purpose, as the list of everybody's domains is: what counts is that the domain is proved and the
 * address verified.
 */
const OF_EVERYBODY = new Set([
  "account.apple.com",
  "appleid.apple.com",
  "www.facebook.com",
  "facebook.com",
  "limited.facebook.com",
  "www.linkedin.com",
  "gitlab.com",
  "slack.com",
  "discord.com",
  "id.twitch.tv",
  "www.paypal.com",
  "www.paypalobjects.com",
  "access.line.me",
  "api.login.yahoo.com",
  "auth.login.yahoo.co.jp",
  "login.live.com",
  "oauth.telegram.org",
]);
const MICROSOFT = new Set([
  "login.microsoftonline.com",
  "login.microsoftonline.us",
  "login.partner.microsoftonline.cn",
  "login.windows.net",
  "sts.windows.net",
]);
/** Microsoft Entra ID's addresses for the people of every company, and for everybody; the number is the tenant of the latter. */
const OF_ALL_COMPANIES =
  /^\/(common|organizations|consumers|9188040d-6c67-4ca8-b23d-57b28c05bc0c|f8cdef31-a31e-4b4a-93e4-5f571e91255a)(\/|$)/i;

/** Whether an issuer, which is an address, speaks for one company: others' people could say that they have its address. */
export function isOfOneCompany(issuer: string): boolean {
  const { hostname, pathname } = new URL(issuer);
  const host = hostname.replace(/\.$/, "");
  return !OF_EVERYBODY.has(host) && !(MICROSOFT.has(host) && OF_ALL_COMPANIES.test(pathname));
}

/**
 * Whether it is Google's issuer, which is the same for every company and for everybody: whom it lets in says the client,
 * where it is an internal one (Google's "OpenID Connect", parameter and claim `hd`).
 */
export function isGoogle(issuer: string): boolean {
  return URL.canParse(issuer) && new URL(issuer).hostname.replace(/\.$/, "") === "accounts.google.com";
}
