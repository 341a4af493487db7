import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, describe, expect, it } from "vitest";
import { newBench } from "../../contract/bench";
import { tokensOf } from "../../contract/pool";
import { notAuthorized } from "../../contract/refusal";
import { startTestCognito } from "../../testing/cognito";

const cognito = await startTestCognito();
afterAll(cognito.stop);
const { sdk, pool, client, newUser, tokensFor, refreshBy } = await newBench(cognito, {
  AccessTokenValidity: 24,
});

describe("new signing keys of a pool", () => {
  const keySet = async (): Promise<JSONWebKeySet> =>
    (await (await fetch(`${cognito.url}/${pool}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
  const verify = async (token: string) =>
    await jwtVerify(token, createLocalJWKSet(await keySet()), { currentDate: new Date(cognito.clock.ms) });

  it("sign at once, while what the old ones signed stays good until the clock retires them", async () => {
    const { clock } = cognito;
    const { email } = await newUser();
    const before = await tokensFor(email);
    await cognito.rotateKeys(pool, 60_000);
    await cognito.rotateKeys(pool, 60_000);
    const after = await tokensFor(email);
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
    const attempt = sdk.getUser({ AccessToken: before.AccessToken });
    await notAuthorized(attempt, "Could not verify signature for Access Token");
    // The sign-in outlives its tokens: a refresh gives tokens of the new keys.
    const refreshed = tokensOf(await refreshBy(client.id, before.RefreshToken));
    await verify(refreshed.AccessToken);
  });

  it("are not made for a pool that does not exist", async () => {
    await expect(cognito.rotateKeys("ap-northeast-1_nonesuch")).rejects.toThrow("does not exist");
  });
});
