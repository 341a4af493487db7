import { afterAll, expect, test, vi } from "vitest";
import { mfaSettings, poolSettings, serverClient } from "../../infra/local/pool-shape";
import { provideCognito } from "../../infra/local/testing/provide-cognito";

const cognito = await provideCognito();
// Many files share a process, and its modules know the Cognito of another.
vi.resetModules();
afterAll(() => {
  vi.resetModules();
});
const { passkeyPolicy } = await import("./passkey-policy");
const { UserPoolId, sdk } = cognito;
const ClientId = cognito.environment.COGNITO_APP_CLIENT_ID;
const { WebAuthnConfiguration, ...others } = mfaSettings;
const setFactors = (more: object) => sdk.setUserPoolMfaConfig({ UserPoolId, ...others, ...more });

test("a pool offers passkeys for its domain, and says whether one stands for both steps", async () => {
  expect(await passkeyPolicy()).toEqual({ relyingParty: "localhost", isBothSteps: true });
  const { FactorConfiguration: _, ...single } = WebAuthnConfiguration;
  await setFactors({ WebAuthnConfiguration: single });
  expect(await passkeyPolicy()).toEqual({ relyingParty: "localhost", isBothSteps: false });
});

test("it offers none without a domain, a client that may ask for one, or the policy", async () => {
  await setFactors({});
  expect(await passkeyPolicy()).toBeNull();
  await setFactors({ WebAuthnConfiguration });
  expect(await passkeyPolicy()).not.toBeNull();

  const client = { ...serverClient(UserPoolId, {}), ClientId };
  const ExplicitAuthFlows = client.ExplicitAuthFlows?.filter((flow) => flow !== "ALLOW_USER_AUTH");
  await sdk.updateUserPoolClient({ ...client, ExplicitAuthFlows });
  expect(await passkeyPolicy()).toBeNull();
  await sdk.updateUserPoolClient(client);
  expect(await passkeyPolicy()).not.toBeNull();

  await sdk.updateUserPool({ UserPoolId, ...poolSettings({ passkeys: false }) });
  expect(await passkeyPolicy()).toBeNull();
});

test.each([
  ["http://localhost:3000", true],
  ["https://app.localhost", true],
  ["https://notlocalhost", false],
  ["http://127.0.0.1:3000", false],
])("an application at %s offers those of localhost: %s", async (url, isOffered) => {
  await sdk.updateUserPool({ UserPoolId, ...poolSettings({}) });
  vi.resetModules();
  vi.stubEnv("NEXTAUTH_URL", url);
  vi.stubEnv("TRUSTED_PROXY_HOPS", "1");
  const { passkeyOffer } = await import("../auth/sign-in/passkey-offer");
  expect((await passkeyOffer()) !== null).toBe(isOffered);
  vi.unstubAllEnvs();
});

test("once Cognito is back, passkeys are offered again within seconds, and meanwhile nobody waits for it", async () => {
  await sdk.updateUserPool({ UserPoolId, ...poolSettings({}) });
  vi.resetModules();
  const { passkeyOffer } = await import("../auth/sign-in/passkey-offer");
  vi.useFakeTimers({ toFake: ["Date"] });
  cognito.weather = "failing";
  expect(await passkeyOffer()).toBeNull();
  cognito.weather = "fine";
  cognito.calls = [];
  expect(await passkeyOffer()).toBeNull();
  expect(cognito.calls).toEqual([]);
  vi.setSystemTime(Date.now() + 5_000);
  const offer = await passkeyOffer();
  expect(offer).not.toBeNull();

  // What it said before stands while it is away again.
  cognito.weather = "failing";
  vi.setSystemTime(Date.now() + 60_000);
  expect(await passkeyOffer()).toEqual(offer);
  expect(await passkeyOffer()).toEqual(offer);
  cognito.weather = "fine";
  vi.useRealTimers();
});
