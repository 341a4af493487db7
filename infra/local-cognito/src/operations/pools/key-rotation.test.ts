import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClient, createPool, createUser, refresh, signIn, tokensOf } from "../../contract/pool";
import { refused } from "../../contract/refusal";
import { startTestCognito, type TestCognito } from "../../testing/cognito";

const BOB = "bob@acme.example";
let cognito: TestCognito;
let pool: string;
beforeAll(async () => {
  cognito = await startTestCognito();
  pool = await createPool(cognito);
  await createUser(cognito, pool, { email: BOB });
});
afterAll(() => cognito.stop());

describe("new signing keys of a pool", () => {
  const keySet = async (): Promise<JSONWebKeySet> =>
    (await (await fetch(`${cognito.url}/${pool}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
  const verify = async (token: string) =>
    await jwtVerify(token, createLocalJWKSet(await keySet()), { currentDate: new Date(cognito.clock.ms) });

  it("sign at once, while what the old ones signed stays good until the clock retires them", async () => {
    const { sdk, clock } = cognito;
    const { id } = await createClient({ sdk }, pool, { AccessTokenValidity: 24 });
    const before = tokensOf(await signIn({ sdk }, pool, id, BOB));
    await cognito.rotateKeys(pool, 60_000);
    await cognito.rotateKeys(pool, 60_000);
    const after = tokensOf(await signIn({ sdk }, pool, id, BOB));
    const kid = (token: string) => decodeProtectedHeader(token).kid;
    expect(kid(after.AccessToken)).not.toBe(kid(before.AccessToken));
    expect(kid(after.IdToken)).not.toBe(kid(before.IdToken));
    expect((await keySet()).keys).toHaveLength(6);
    for (const { AccessToken, IdToken } of [before, after]) {
      await verify(AccessToken);
      await verify(IdToken);
      await sdk.getUser({ AccessToken });
    }
    clock.advance({ minutes: 1 });
    expect((await keySet()).keys.map((key) => key.kid)).toEqual([kid(after.IdToken), kid(after.AccessToken)]);
    await expect(verify(before.AccessToken)).rejects.toThrow("no applicable key found");
    await refused(
      sdk.getUser({ AccessToken: before.AccessToken }),
      "NotAuthorizedException",
      "Could not verify signature for Access Token",
    );
    // A sign-in is not its tokens: it refreshes into tokens of the new keys.
    const refreshed = tokensOf(await refresh({ sdk }, id, before.RefreshToken));
    await verify(refreshed.AccessToken);
  });

  it("are not made for a pool that does not exist", async () => {
    await expect(cognito.rotateKeys("ap-northeast-1_nonesuch")).rejects.toThrow("does not exist");
  });
});
