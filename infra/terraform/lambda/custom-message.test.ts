import { afterEach, describe, expect, it, vi } from "vitest";
import { poolMessages } from "../../local/pool-messages";
import { type CustomMessageEvent, handler } from "./custom-message";

const APP = "https://gate.example.com";
const NOTHING = { smsMessage: null, emailMessage: null, emailSubject: null };

/** As AWS sends it (developer guide, "Custom message Lambda trigger"). */
function eventFor(
  clientMetadata: Record<string, string> | undefined,
  triggerSource = "CustomMessage_AdminCreateUser",
): CustomMessageEvent {
  const request = { codeParameter: "{####}", usernameParameter: "{username}", clientMetadata };
  return { triggerSource, request, response: NOTHING } as CustomMessageEvent;
}

async function mailFor(named: { tenant: string; inviter?: string }) {
  const { response } = await handler(eventFor({ app_url: APP, ...named }));
  return { subject: response.emailSubject ?? "", html: response.emailMessage ?? "" };
}

afterEach(() => void vi.unstubAllEnvs());

describe("the custom message trigger", () => {
  it("has an invitation say in both languages which tenant it is to, who invites, and where to sign in", async () => {
    const { subject, html } = await mailFor({ tenant: "Acme 株式会社", inviter: "Alice Abe" });
    expect(subject).toBe("Invitation to Acme 株式会社 on Sekisho / Acme 株式会社 (Sekisho) への招待");
    expect(html).toContain(`Alice Abe invites you to Acme 株式会社 on Sekisho: ${APP}/signin`);
    expect(html).toContain(`Alice Abe さんから、Acme 株式会社 (Sekisho) への招待です: ${APP}/signin`);
  });

  it("leaves out who invites where that is not known", async () => {
    const { html } = await mailFor({ tenant: "Acme" });
    expect(html).toContain("You are invited to Acme on Sekisho:");
    expect(html).not.toContain("inviter");
  });

  it("says all else as the pool's own invitation does, with what Cognito puts in", async () => {
    const { html } = await mailFor({ tenant: "Acme" });
    const own = poolMessages(APP, 7).invitation.EmailMessage?.split("\n") ?? [];
    const differing = html.split("\n").filter((line, index) => line !== own[index]);
    expect(differing).toHaveLength(2);
    expect(html.match(/\{[^}]*\}/g)?.sort()).toEqual(["{####}", "{####}", "{username}", "{username}"]);
  });

  it("says how long the password works, as the pool has it", async () => {
    vi.stubEnv("TEMPORARY_PASSWORD_DAYS", "1");
    const { html } = await mailFor({ tenant: "Acme" });
    expect(html).toContain("It works for 1 day.");
    expect(html).toContain("有効期間は 1 日です。");
  });

  it.each([
    ["markup", `<img src=x onerror="a()">&'`, "&lt;img src=x onerror=&quot;a()&quot;&gt;&amp;&#39;"],
    [
      "what mail programs make a link of",
      "https://evil.example",
      "https:&#8288;/&#8288;/&#8288;evil.&#8288;example",
    ],
    ["more lines", "Acme\r\nBcc\u2028x", "Acme Bcc x"],
    ["what turns the direction of writing", "Ac\u202eme", "Ac me"],
    ["a replacement pattern", "$& $1 $`", "$&amp; $1 $`"],
    ["a placeholder of Cognito's", "{####} {username}", "#### username"],
    ["a placeholder of ours", "{app_url}{inviter}{days}", "app_urlinviterdays"],
  ])("takes %s in a name for what somebody wrote", async (_, written, shown) => {
    const { html } = await mailFor({ tenant: written, inviter: written });
    expect(html).toContain(`${shown} invites you to ${shown} on Sekisho: ${APP}/signin\n`);
  });

  it("has no code, no name and no new line from a name in the subject", async () => {
    const { subject } = await mailFor({ tenant: "{####}\r\nBcc: a@b.example {username}" });
    expect(subject).toBe(
      "Invitation to #### Bcc: a@b.example username on Sekisho / #### Bcc: a@b.example username (Sekisho) への招待",
    );
  });

  it("stays within what Cognito takes, however long the names", async () => {
    const { subject, html } = await mailFor({ tenant: "🌸".repeat(2_000), inviter: "&".repeat(2_000) });
    expect(subject.length).toBeLessThanOrEqual(140);
    expect(html.length).toBeLessThanOrEqual(20_000);
    expect(subject.isWellFormed() && html.isWellFormed()).toBe(true);
  });

  it.each([
    ["is linked to", "3f1c", JSON.stringify([{ providerName: "sso-acme", userId: "1" }])],
    [
      "is linked to, whatever else they come by",
      "3f1c",
      '[{"providerName":"Okta"},{"providerName":"SSO-x"}]',
    ],
    ["may be linked to, which cannot be read", "3f1c", "[{"],
    ["was made by", "sso-acme_1", undefined],
  ])("sends no code for a password to whom a company's provider %s", async (_, userName, identities) => {
    const event = eventFor({ app_url: APP }, "CustomMessage_ForgotPassword");
    const userAttributes = { email: "a@acme.example", ...(identities && { identities }) };
    const asked = { ...event, userName, request: { ...event.request, userAttributes } };
    await expect(handler(asked)).rejects.toThrow("single sign-on");
    expect((await handler({ ...asked, triggerSource: "CustomMessage_Authentication" })).response).toEqual(
      NOTHING,
    );
  });

  it("sends one to whoever comes by a provider that is no tenant's", async () => {
    const event = eventFor(undefined, "CustomMessage_ForgotPassword");
    const userAttributes = { identities: JSON.stringify([{ providerName: "Google", userId: "1" }]) };
    const asked = { ...event, userName: "3f1c", request: { ...event.request, userAttributes } };
    expect((await handler(asked)).response).toEqual(NOTHING);
  });

  it.each([
    ["an invitation of which nothing is said", eventFor(undefined)],
    ["one to a tenant without a name", eventFor({ tenant: " ", app_url: APP })],
    ["one that does not say where to sign in", eventFor({ tenant: "Acme" })],
    ...[
      "SignUp",
      "ResendCode",
      "ForgotPassword",
      "UpdateUserAttribute",
      "VerifyUserAttribute",
      "Authentication",
    ].map((source): [string, CustomMessageEvent] => [
      `what comes with ${source}, which anybody may have said`,
      eventFor({ tenant: "Acme", inviter: "Mallory", app_url: APP }, `CustomMessage_${source}`),
    ]),
  ])("leaves to the pool %s", async (_, event) => {
    expect((await handler(event)).response).toEqual(NOTHING);
  });
});
