import { afterAll, afterEach, expect, it, vi } from "vitest";
import { newBench } from "../../contract/bench";
import { TENANT } from "../../contract/pool";
import { startTestCognito } from "../../testing/cognito";

const cognito = await startTestCognito();
afterAll(cognito.stop);
const { sdk, pool: UserPoolId, newClient, newPool } = await newBench(cognito);
afterEach(() => {
  vi.restoreAllMocks();
});

it("a client whose users may write custom attributes, because it lists none, is warned of once", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const { id: ClientId } = await newClient({ WriteAttributes: undefined });
  const warning = `local Cognito: client ${ClientId} lists no WriteAttributes, so that its users may write ${TENANT}.`;
  expect(warn.mock.calls).toEqual([[warning]]);
  await sdk.updateUserPoolClient({ UserPoolId, ClientId, ClientName: "again" });
  await sdk.describeUserPoolClient({ UserPoolId, ClientId });
  expect(warn).toHaveBeenCalledTimes(1);
});

it("so it is where the list goes, or the first custom attribute comes, only later", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const { id: ClientId } = await newClient();
  const plain = await newPool({ Schema: undefined });
  const { UserPoolClient } = await sdk.createUserPoolClient({ UserPoolId: plain, ClientName: "plain" });
  expect(warn).not.toHaveBeenCalled();
  await sdk.updateUserPoolClient({ UserPoolId, ClientId });
  const CustomAttributes = [{ Name: "tenant", AttributeDataType: "String" as const, Mutable: true }];
  await sdk.addCustomAttributes({ UserPoolId: plain, CustomAttributes });
  expect(warn.mock.calls.map(([words]) => words)).toEqual([
    expect.stringContaining(`client ${ClientId} lists no WriteAttributes`),
    expect.stringContaining(`client ${UserPoolClient?.ClientId} lists no WriteAttributes`),
  ]);
});

it("a client with a list, or in a pool without custom attributes, is not", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  await newClient();
  const plain = await newPool({ Schema: undefined });
  await sdk.createUserPoolClient({ UserPoolId: plain, ClientName: "plain" });
  expect(warn).not.toHaveBeenCalled();
});
