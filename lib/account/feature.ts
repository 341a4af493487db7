import type { Feature } from "../feature";
import * as operations from "./operations";
import en from "./words/en.json" with { type: "json" };
import ja from "./words/ja.json" with { type: "json" };

export const account = {
  name: "account",
  tags: [
    { name: "Sign-in", description: "Getting tokens from Cognito, step by step, and giving them back." },
    {
      name: "Account",
      description: "What concerns the caller's own account, with or without a tenant.",
    },
  ],
  operations,
  actions: [
    "sign_in.succeeded",
    "sign_in.refused",
    "sign_out.browser",
    "sign_out.session",
    "sign_out.everywhere",
    "sign_out.postponed",
    "sign_out.finished",
    "account.password_changed",
    "account.password_recovered",
    "account.authenticator_added",
    "account.authenticator_removed",
    "account.factor_preferred",
    "tenant.mismatch",
    "tenant.operator_entered",
  ],
  words: { en, ja },
} as const satisfies Feature;
