import { feature } from "../feature";
import * as operations from "./operations";
import type en from "./words/en.json";

export const account = feature<typeof en>()({
  name: "account",
  tags: [
    { name: "Sign-in", description: "Getting tokens from Cognito, step by step, and giving them back." },
    {
      name: "Account",
      description: "What concerns the caller's own account, with or without a tenant.",
    },
  ],
  operations,
  home: async (tenant, most) => (await import("./home")).homeParts(tenant, most),
  firstSteps: async (tenant) => (await import("./first-steps")).firstSteps(tenant),
  ends: async () => (await import("./ends")).ends,
  actions: [
    "sign_in.succeeded",
    "sign_in.refused",
    "sign_out.browser",
    "sign_out.session",
    "sign_out.others",
    "sign_out.everywhere",
    "sign_out.postponed",
    "sign_out.finished",
    "account.name_changed",
    "account.password_changed",
    "account.password_recovered",
    "account.authenticator_added",
    "account.authenticator_removed",
    "account.factor_preferred",
    "account.passkey_added",
    "account.passkey_renamed",
    "account.passkey_removed",
    "tenant.mismatch",
    "tenant.operator_entered",
    "tenant.made",
    "tenant.renamed",
    "tenant.suspended",
    "tenant.resumed",
    "tenant.exported",
  ],
});
