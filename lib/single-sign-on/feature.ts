import { feature } from "../feature";
import * as operations from "./operations";
import { MANAGE_SINGLE_SIGN_ON } from "./permissions";
import type en from "./words/en.json";

/** A tenant's own sign-in: its provider, its e-mail domains, and who must come by it. */
export const singleSignOn = feature<typeof en>()({
  name: "single-sign-on",
  tags: [
    {
      name: "Single sign-on",
      description: "The tenant's own identity provider and e-mail domains, for its administrators.",
    },
  ],
  operations,
  actions: [
    "single_sign_on.provider_saved",
    "single_sign_on.tested",
    "single_sign_on.changed",
    "single_sign_on.removed",
    "single_sign_on.domain_added",
    "single_sign_on.domain_proved",
    "single_sign_on.domain_removed",
    "single_sign_on.arrived",
    "single_sign_on.linked",
    "single_sign_on.refused",
  ],
  chore: async () => (await import("./restore-offers")).restoreOffers(),
  page: { needs: MANAGE_SINGLE_SIGN_ON, icon: "key", isInMenu: true },
});
