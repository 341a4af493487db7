import { type FeatureWords, featureWords } from "@/lib/features";
import type { Locale } from "@/lib/languages";
import { GIVEN_ROLES, type GivenRole, ROLE_NAMES, type Role, roleWords } from "@/lib/roles";
import en from "./en.json" with { type: "json" };
import ja from "./ja.json" with { type: "json" };

/** Every word of the pages: those of the frame, of each feature, and of the roles. */
export type Words = typeof en &
  FeatureWords & { roles: Record<Role, string>; memberRole: Record<GivenRole, string> };

const FRAME = { en, ja };

/** All words in one language, those of one namespace together, whoever brings them. */
export function messagesIn(locale: Locale): Words {
  const roles = ROLE_NAMES.map((role) => [role, roleWords(role, locale).name]);
  const choices = GIVEN_ROLES.map((role) => [role, roleWords(role, locale).choice]);
  const all: Record<string, Record<string, string>> = {
    roles: Object.fromEntries(roles),
    memberRole: Object.fromEntries(choices),
  };
  for (const catalog of [FRAME[locale], ...featureWords(locale)]) {
    for (const [namespace, words] of Object.entries(catalog)) {
      all[namespace] = { ...all[namespace], ...words };
    }
  }
  return all as Words;
}
