import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openForFile } from "./bench";
import { Browser } from "./browser";
import { federatedTokens, oidc, openFederated, refusalIn, walk } from "./federated";
import { openProvider } from "./openid-provider";
import { createUser, mapOf, newEmail } from "./pool";

const target = await openForFile();
const { sdk } = target;
const okta = await openProvider();
afterAll(() => okta.close());
const hosted = await openFederated(target, [oidc("Okta", okta.issuer)]);
const UserPoolId = hosted.pool;
const run = describe.skipIf(!target.isOwn);

let made = 0;
beforeEach(() => {
  made += 1;
  okta.person = { sub: `00u${made}`, name: "Ada" };
});
const identity = (ProviderAttributeName = "Cognito_Subject", ProviderAttributeValue = `00u${made}`) => ({
  ProviderName: "Okta",
  ProviderAttributeName,
  ProviderAttributeValue,
});
const link = (name: string, SourceUser = identity()) =>
  sdk.adminLinkProviderForUser({
    UserPoolId,
    DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: name },
    SourceUser,
  });
const tried = async () =>
  refusalIn(await walk(hosted, new Browser(hosted.url), { identity_provider: "Okta" }));

run("whoever was linked to a user", () => {
  it("signs in as that user, who is told both: primary false", async () => {
    const { email, username } = await createUser(target, UserPoolId);
    await link(email);
    const { id, access } = await federatedTokens(hosted, "Okta");
    expect([access.username, id["cognito:username"]]).toEqual([username, username]);
    expect(id.identities).toMatchObject([{ providerName: "Okta", userId: `00u${made}`, primary: "false" }]);
    expect((await sdk.adminGetUser({ UserPoolId, Username: email })).UserStatus).toBe("CONFIRMED");
  });

  it("by another claim that is mapped is found by it", async () => {
    const { email, username } = await createUser(target, UserPoolId);
    okta.person = { ...okta.person, email };
    await link(email, identity("email", email));
    expect((await federatedTokens(hosted, "Okta")).access.username).toBe(username);
  });

  it("has the user's attributes written by the provider too, but never somebody else's address", async () => {
    const [bob, carol] = [await createUser(target, UserPoolId), await createUser(target, UserPoolId)];
    await link(bob.email);
    const changed = newEmail();
    okta.person = { ...okta.person, email: changed, name: "Bobby" };
    await federatedTokens(hosted, "Okta");
    const { UserAttributes } = await sdk.adminGetUser({ UserPoolId, Username: bob.username });
    expect(mapOf(UserAttributes)).toMatchObject({ email: changed, email_verified: "false", name: "Bobby" });
    okta.person = { ...okta.person, email: carol.email };
    expect(await tried()).toEqual(["invalid_request", "An account with the given email already exists."]);
    expect((await sdk.adminGetUser({ UserPoolId, Username: carol.email })).Username).toBe(carol.username);
  });

  it("is refused while the user is disabled, or never proved the address [unconfirmed: the latter]", async () => {
    const { email } = await createUser(target, UserPoolId);
    await link(email);
    await sdk.adminDisableUser({ UserPoolId, Username: email });
    expect(await tried()).toEqual(["invalid_request", "User is disabled."]);
    const claimed = newEmail();
    await sdk.signUp({ ClientId: hosted.client, Username: claimed, Password: "Correct-horse-1" });
    made += 1;
    okta.person = { sub: `00u${made}`, email: claimed };
    await link(claimed);
    expect(await tried()).toEqual(["invalid_request", "User is not confirmed."]);
  });

  it("is somebody else again when the link was undone", async () => {
    const { email, username } = await createUser(target, UserPoolId);
    await link(email);
    expect((await federatedTokens(hosted, "Okta")).access.username).toBe(username);
    await sdk.adminDisableProviderForUser({ UserPoolId, User: identity() });
    expect((await federatedTokens(hosted, "Okta")).access.username).toBe(`okta_00u${made}`);
  });
});

run("AdminDisableProviderForUser", () => {
  it("disables whoever a provider made, and ends their tokens", async () => {
    const { refresh_token } = await federatedTokens(hosted, "Okta");
    await sdk.adminDisableProviderForUser({ UserPoolId, User: identity() });
    expect(await tried()).toEqual(["invalid_request", "User is disabled."]);
    const refresh = sdk.initiateAuth({
      ClientId: hosted.client,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: refresh_token },
    });
    await expect(refresh).rejects.toThrow();
  });

  it("leaves no way for a new link to whoever a provider made: they have signed in already", async () => {
    await federatedTokens(hosted, "Okta");
    const { email } = await createUser(target, UserPoolId);
    await expect(link(email)).rejects.toThrow("Merging is not currently supported");
  });
});
