import { describe, expect, it } from "vitest";
import { poolMessages } from "./pool-messages";

const APP = "https://gate.example.com";
const { invitation, verification } = poolMessages(APP, 7);
const invited = invitation.EmailMessage ?? "";
const coded = verification.EmailMessage ?? "";

describe("the mails of a pool", () => {
  it("name the application: where one signs in, and where a code is entered", () => {
    expect(invited).toContain(`${APP}/signin`);
    expect(coded).toContain(`${APP}/forgot-password?step=code`);
  });

  it("say in both languages how long the password of an invitation works", () => {
    expect(invited).toContain("It works for 7 days.");
    expect(invited).toContain("有効期間は 7 日です。");
    const short = poolMessages(APP, 1).invitation.EmailMessage;
    expect(short).toContain("It works for 1 day.");
    expect(short).toContain("有効期間は 1 日です。");
  });

  it("hold what Cognito puts in, and nothing else is left to fill", () => {
    expect(invited.match(/\{[^}]*\}/g)?.sort()).toEqual(["{####}", "{####}", "{username}", "{username}"]);
    expect(coded.match(/\{[^}]*\}/g)).toEqual(["{####}", "{####}"]);
  });

  it("never have somebody whose password was reset throw the code away", () => {
    expect(coded).not.toMatch(/ignore|did not ask|破棄|お心当たり/i);
    expect(coded).toContain("an administrator reset yours");
    expect(coded).toContain("管理者があなたのパスワードをリセット");
  });

  it("fit into what Cognito takes", () => {
    for (const text of [invitation.SMSMessage, verification.SmsMessage]) {
      expect(text?.length).toBeLessThanOrEqual(140);
    }
    expect(invited.length).toBeLessThanOrEqual(20_000);
  });
});
