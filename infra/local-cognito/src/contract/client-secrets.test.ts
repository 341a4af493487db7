import { describe, expect, it } from "vitest";
import { openHostedBench } from "./bench";
import { basic, post } from "./hosted";
import { given, PASSWORD, secretHash } from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";

const bench = await openHostedBench();
const { sdk, pool: UserPoolId, newClient, newUser } = bench;
const CHOSEN = "chosen0secret0of0ours0that0is0long0enough";

/** A client with its own secret and a second one of our choice. */
async function withTwo() {
  const client = await newClient({ GenerateSecret: true });
  const ids = { UserPoolId, ClientId: client.id };
  const { ClientSecretDescriptor } = await sdk.addUserPoolClientSecret({ ...ids, ClientSecret: CHOSEN });
  return { client, ids, second: given(ClientSecretDescriptor) };
}

describe("a second secret of a client", () => {
  it("is told once where Cognito makes it, and not where it was chosen", async () => {
    const { ids, second } = await withTwo();
    expect(second.ClientSecretValue).toBeUndefined();
    expect(second.ClientSecretId).toMatch(new RegExp(`^${ids.ClientId}--\\d+$`));
    expect(second.ClientSecretCreateDate).toBeInstanceOf(Date);
    const { id: ClientId } = await newClient({ GenerateSecret: true });
    const made = await sdk.addUserPoolClientSecret({ UserPoolId, ClientId });
    expect(made.ClientSecretDescriptor?.ClientSecretValue).toMatch(/^\w{40,}$/);
    const { ClientSecrets = [] } = await sdk.listUserPoolClientSecrets({ UserPoolId, ClientId });
    expect(ClientSecrets.map(({ ClientSecretValue }) => ClientSecretValue)).toEqual([undefined, undefined]);
    expect(ClientSecrets.map(({ ClientSecretId }) => ClientSecretId)[1]).toBe(
      made.ClientSecretDescriptor?.ClientSecretId,
    );
  });

  it("is as good as the first in a secret hash, in a sign-in's refresh and in a header", async () => {
    const { client } = await withTwo();
    const { email: USERNAME } = await newUser();
    for (const secret of [client.secret, CHOSEN]) {
      const { AuthenticationResult } = await sdk.initiateAuth({
        ClientId: client.id,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD, SECRET_HASH: secretHash({ ...client, secret }, USERNAME) },
      });
      const token = given(AuthenticationResult?.RefreshToken);
      const form = { grant_type: "refresh_token", refresh_token: token };
      expect((await post(bench.hosted, "/oauth2/token", form, basic(client.id, secret))).status).toBe(200);
      const RefreshToken = token;
      await sdk.getTokensFromRefreshToken({ ClientId: client.id, RefreshToken, ClientSecret: secret });
      await sdk.revokeToken({ ClientId: client.id, Token: token, ClientSecret: secret });
    }
  });

  it("outlives the first, which is refused from then on", async () => {
    const { client, ids } = await withTwo();
    const { ClientSecrets = [] } = await sdk.listUserPoolClientSecrets(ids);
    await sdk.deleteUserPoolClientSecret({ ...ids, ClientSecretId: ClientSecrets[0]?.ClientSecretId });
    const { email: USERNAME } = await newUser();
    const enter = (secret: string) =>
      sdk.initiateAuth({
        ClientId: client.id,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD, SECRET_HASH: secretHash({ ...client, secret }, USERNAME) },
      });
    await notAuthorized(enter(client.secret), /Unable to verify secret hash/);
    await enter(CHOSEN);
  });

  it("is the last: a third is a LimitExceededException", async () => {
    const { ids } = await withTwo();
    await refused(sdk.addUserPoolClientSecret(ids), "LimitExceededException");
  });

  it("is not for a public client [unconfirmed: InvalidParameterException], nor shorter than 24 characters", async () => {
    const { id: ClientId } = await newClient();
    await invalidParameter(sdk.addUserPoolClientSecret({ UserPoolId, ClientId }));
    expect((await sdk.listUserPoolClientSecrets({ UserPoolId, ClientId })).ClientSecrets).toEqual([]);
    const secret = await newClient({ GenerateSecret: true });
    const short = { UserPoolId, ClientId: secret.id, ClientSecret: "short" };
    await invalidParameter(sdk.addUserPoolClientSecret(short), /clientSecret/);
  });

  it("cannot be deleted where it is the only one, nor where it is none", async () => {
    const { id: ClientId } = await newClient({ GenerateSecret: true });
    const ids = { UserPoolId, ClientId };
    const { ClientSecrets = [] } = await sdk.listUserPoolClientSecrets(ids);
    const only = given(ClientSecrets[0]?.ClientSecretId);
    await invalidParameter(sdk.deleteUserPoolClientSecret({ ...ids, ClientSecretId: only }), /last/);
    const unknown = sdk.deleteUserPoolClientSecret({ ...ids, ClientSecretId: `${only}0` });
    await refused(unknown, "ResourceNotFoundException");
  });
});

describe("the secret of a new client", () => {
  it("may be chosen, but not chosen and generated at once", async () => {
    const chosen = { UserPoolId, ClientName: "chosen", ClientSecret: CHOSEN };
    const { UserPoolClient } = await sdk.createUserPoolClient(chosen);
    expect(UserPoolClient?.ClientSecret).toBe(CHOSEN);
    await invalidParameter(sdk.createUserPoolClient({ ...chosen, GenerateSecret: true }));
  });
});
