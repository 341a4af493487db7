/** Of the attributes, what each OpenID scope opens (developer guide, "The user attributes endpoint"). */
const opened: Record<string, (name: string) => boolean> = {
  email: (name) => name === "email" || name === "email_verified",
  phone: (name) => name === "phone_number" || name === "phone_number_verified",
  profile: (name) => profile.has(name) || name.startsWith("custom:") || name.startsWith("dev:"),
};
const profile = new Set(
  "name family_name given_name middle_name nickname preferred_username profile picture website gender birthdate zoneinfo locale updated_at".split(
    " ",
  ),
);

/**
 * Whether tokens and userInfo of these scopes tell an attribute, as far as the client may read it.
 *
 * `openid` alone opens everything; beside other OpenID scopes it opens nothing of its own (developer guide,
 * "Scopes, M2M, and resource servers"). Where that page and the userInfo page differ on `profile`, this is the
 * narrower reading: an application that runs with it runs with the wider one.
 *
 * @param scopes undefined for a sign-in through the API, whose ID tokens are not limited.
 */
export function isInScope(scopes: string[] | undefined, name: string): boolean {
  const limits = (scopes ?? []).flatMap((scope) => (Object.hasOwn(opened, scope) ? [opened[scope]] : []));
  return (
    name === "sub" || name === "identities" || limits.length === 0 || limits.some((opens) => opens?.(name))
  );
}
