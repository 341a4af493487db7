import { expect, test } from "vitest";
import { makeTenant } from "../../../infra/local/testing/tenant";
import { subjectAddress } from "./subject-address";

const admin = { ...makeTenant(), role: "admin" as const };
const viewer = { ...admin, role: "viewer" as const };
const zoe = { id: "01980a3c-5d2e-7b41-9f60-3c8e1d7a2b54", label: "zoe+1@acme.example", display_name: null };

test("an entry leads to what it is about, where the reader may look at that", () => {
  const invited = { action: "member.invited", subject: zoe };
  expect(subjectAddress(invited, admin)).toBe("/members?q=zoe%2B1%40acme.example");
  expect(subjectAddress(invited, viewer)).toBeNull();
});

test("what is gone, nobody, and what has no page lead nowhere", () => {
  expect(subjectAddress({ action: "member.removed", subject: zoe }, admin)).toBeNull();
  expect(subjectAddress({ action: "member.directory_read", subject: null }, admin)).toBeNull();
  expect(subjectAddress({ action: "sign_in.succeeded", subject: zoe }, admin)).toBeNull();
  expect(subjectAddress({ action: "nothing.known", subject: zoe }, admin)).toBeNull();
});
