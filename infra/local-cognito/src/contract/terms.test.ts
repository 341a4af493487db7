import { describe, expect, it } from "vitest";
import { openBench } from "./bench";
import { everyPage, given } from "./pool";
import { invalidParameter, refused } from "./refusal";

const { sdk, pool: UserPoolId, newClient, newPool } = await openBench();
const Links = {
  "cognito:default": "https://acme.example/terms",
  "cognito:japanese": "https://acme.example/ja",
};
const constants = { TermsSource: "LINK", Enforcement: "NONE" } as const;
const create = (ClientId: string, TermsName = "terms-of-use", links: Record<string, string> = Links) =>
  sdk.createTerms({ UserPoolId, ClientId, TermsName, ...constants, Links: links });
const NOT_FOUND = "ResourceNotFoundException";

describe("the terms of a client", () => {
  it("are given back by their id and by their name", async () => {
    const { id: ClientId } = await newClient();
    const { Terms } = await create(ClientId);
    const told = { TermsName: "terms-of-use", ClientId, UserPoolId, Links, ...constants };
    expect(Terms).toMatchObject(told);
    const { TermsId } = given(Terms);
    expect((await sdk.describeTerms({ UserPoolId, TermsId })).Terms).toEqual(Terms);
    const byClient = await sdk.describeTermsByClient({ UserPoolId, ClientId, TermsName: "terms-of-use" });
    expect(byClient.Terms).toEqual(Terms);
    const missing = sdk.describeTermsByClient({ UserPoolId, ClientId, TermsName: "privacy-policy" });
    await refused(missing, NOT_FOUND);
  });

  it("are one of each name", async () => {
    const { id } = await newClient();
    await create(id);
    await refused(create(id), "TermsExistsException");
    const { Terms } = await create(id, "privacy-policy");
    const rename = { UserPoolId, TermsId: Terms?.TermsId, TermsName: "terms-of-use" };
    await refused(sdk.updateTerms(rename), "TermsExistsException");
  });

  it("are changed as far as said, and deleted", async () => {
    const { id } = await newClient();
    const { TermsId, ...before } = given((await create(id)).Terms);
    const more = { "cognito:default": "https://acme.example/2" };
    const { Terms } = await sdk.updateTerms({ UserPoolId, TermsId, Links: more });
    expect(Terms).toMatchObject({ TermsName: before.TermsName, Links: more });
    await sdk.deleteTerms({ UserPoolId, TermsId });
    await refused(sdk.describeTerms({ UserPoolId, TermsId }), NOT_FOUND);
    await refused(sdk.deleteTerms({ UserPoolId, TermsId }), NOT_FOUND);
  });

  it("have a name, languages and addresses of those that there are", async () => {
    const { id } = await newClient();
    await invalidParameter(create(id, "cookie-policy"), /termsName/);
    await invalidParameter(create(id, "terms-of-use", { "cognito:klingon": "https://acme.example" }));
    await invalidParameter(create(id, "terms-of-use", { "cognito:default": "javascript:alert(1)" }));
    await refused(create("nobody"), NOT_FOUND);
  });

  it("are listed in pages, without their links, and go with their client", async () => {
    const other = await newPool();
    const ids: string[] = [];
    for (const ClientName of ["one", "two"]) {
      const { UserPoolClient } = await sdk.createUserPoolClient({ UserPoolId: other, ClientName });
      const ClientId = given(UserPoolClient?.ClientId);
      ids.push(ClientId);
      for (const TermsName of ["terms-of-use", "privacy-policy"])
        await sdk.createTerms({ UserPoolId: other, ClientId, TermsName, ...constants });
    }
    const all = () =>
      everyPage(
        (NextToken) => sdk.listTerms({ UserPoolId: other, MaxResults: 3, NextToken }),
        ({ Terms }) => Terms,
      );
    expect((await all()).map(({ TermsName }) => TermsName)).toHaveLength(4);
    expect((await all())[0]).not.toHaveProperty("Links");
    await sdk.deleteUserPoolClient({ UserPoolId: other, ClientId: given(ids[0]) });
    expect(await all()).toHaveLength(2);
  });
});
