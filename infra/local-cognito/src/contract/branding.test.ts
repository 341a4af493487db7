import { describe, expect, it } from "vitest";
import { openHostedBench } from "./bench";
import { authorizeUrl } from "./hosted";
import { given } from "./pool";
import { invalidParameter, refused } from "./refusal";

const { sdk, pool: UserPoolId, client, hosted, newBrowser, newClient } = await openHostedBench();
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const logo = { Category: "FORM_LOGO", ColorMode: "LIGHT", Extension: "PNG", Bytes: PIXEL } as const;
const Settings = {
  components: { primaryButton: { lightMode: { defaults: { backgroundColor: "0f172aff" } } } },
};
const create = async (more: object = { Settings, Assets: [logo] }, ClientId?: string) =>
  given(
    (
      await sdk.createManagedLoginBranding({
        UserPoolId,
        ClientId: ClientId ?? (await newClient()).id,
        ...more,
      })
    ).ManagedLoginBranding,
  );
const NOT_FOUND = "ResourceNotFoundException";

describe("the branding of managed login", () => {
  it("is given back by its id and by its client, settings and pictures", async () => {
    const { id: ClientId } = await newClient();
    const made = await create({ Settings, Assets: [logo] }, ClientId);
    expect(made).toMatchObject({ UserPoolId, UseCognitoProvidedValues: false, Settings });
    expect(Buffer.from(given(made.Assets?.[0]?.Bytes))).toEqual(PIXEL);
    const { ManagedLoginBrandingId } = made;
    const byId = await sdk.describeManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId });
    const byClient = await sdk.describeManagedLoginBrandingByClient({ UserPoolId, ClientId });
    expect(byId.ManagedLoginBranding).toEqual(byClient.ManagedLoginBranding);
    expect(byId.ManagedLoginBranding?.Settings).toEqual(Settings);
  });

  it("is one for each client", async () => {
    const { id } = await newClient();
    await create({ UseCognitoProvidedValues: true }, id);
    await refused(create({ UseCognitoProvidedValues: true }, id), "ManagedLoginBrandingExistsException");
    await refused(create({}, "nobody"), NOT_FOUND);
  });

  it("keeps what an update does not say, and loses all by Cognito's own values", async () => {
    const { ManagedLoginBrandingId } = await create();
    const update = async (more: object) =>
      (await sdk.updateManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId, ...more }))
        .ManagedLoginBranding;
    const other = { categories: { form: { location: { horizontal: "END" } } } };
    expect(await update({ Settings: other })).toMatchObject({
      Settings: other,
      Assets: [{ Category: "FORM_LOGO" }],
    });
    const reset = await update({ UseCognitoProvidedValues: true });
    expect([reset?.Settings, reset?.Assets]).toEqual([undefined, undefined]);
  });

  it("is either Cognito's or one's own, with one picture for each place", async () => {
    await invalidParameter(create({ UseCognitoProvidedValues: true, Settings }));
    await invalidParameter(create({ Assets: [logo, logo] }));
  });

  it("is deleted, by its id or with its client", async () => {
    const { id: ClientId } = await newClient();
    const { ManagedLoginBrandingId } = await create({ Settings }, ClientId);
    await sdk.deleteManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId });
    await refused(sdk.describeManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId }), NOT_FOUND);
    const again = await create({ Settings }, ClientId);
    await sdk.deleteUserPoolClient({ UserPoolId, ClientId });
    const gone = { UserPoolId, ManagedLoginBrandingId: again.ManagedLoginBrandingId };
    await refused(sdk.describeManagedLoginBranding(gone), NOT_FOUND);
  });

  it("shows its logo on the pages of a domain with managed login", async () => {
    await create({ Assets: [logo] }, client.id);
    const page = async () => (await newBrowser().open(authorizeUrl(hosted))).html;
    expect(await page()).not.toContain(PIXEL.toString("base64"));
    const { UserPool } = await sdk.describeUserPool({ UserPoolId });
    await sdk.updateUserPoolDomain({ UserPoolId, Domain: given(UserPool?.Domain), ManagedLoginVersion: 2 });
    expect(await page()).toContain(`data:image/png;base64,${PIXEL.toString("base64")}`);
  });
});
