import type { Locale } from "./languages";
import type { Level, Permission } from "./permission";

type RoleRow = {
  /** Of several the highest counts; who comes to a lower one has rights taken away. */
  rank: number;
  levels: readonly Level[];
  /** Whether a tenant's administrators give it. Who holds another one is the platform's own staff. */
  isGiven: boolean;
  /** What the group says of itself at Cognito. */
  description: string;
  /** What it is called, and how it is offered. */
  words: Record<Locale, { name: string; choice: string }>;
};

/** Every role, which is also the group of the user pool that gives it. A role more is a row more, here and nowhere else. */
export const ROLES = {
  viewer: {
    rank: 1,
    levels: ["read"],
    isGiven: true,
    description: "Reads and changes nothing",
    words: {
      en: { name: "viewer", choice: "Viewer: reads" },
      ja: { name: "閲覧者", choice: "閲覧者：閲覧のみ" },
    },
  },
  member: {
    rank: 2,
    levels: ["read", "write"],
    isGiven: true,
    description: "Reads and writes",
    words: {
      en: { name: "member", choice: "Member: reads and writes" },
      ja: { name: "メンバー", choice: "メンバー：閲覧と編集" },
    },
  },
  admin: {
    rank: 3,
    levels: ["read", "write", "oversee", "manage"],
    isGiven: true,
    description: "Manages the members of their tenant",
    words: {
      en: { name: "admin", choice: "Administrator: also manages members" },
      ja: { name: "管理者", choice: "管理者：メンバーの管理も可能" },
    },
  },
  // Helps and looks; who belongs to a tenant, its own administrators decide.
  operator: {
    rank: 4,
    levels: ["read", "write", "oversee"],
    isGiven: false,
    description: "The platform's own staff",
    words: {
      en: { name: "operator", choice: "Operator" },
      ja: { name: "オペレーター", choice: "オペレーター" },
    },
  },
} as const satisfies Record<string, RoleRow>;

export type Role = keyof typeof ROLES;
/** A role inside a tenant, which its administrators give. */
export type GivenRole = { [Each in Role]: (typeof ROLES)[Each]["isGiven"] extends true ? Each : never }[Role];

const rows: Readonly<Record<Role, RoleRow>> = ROLES;

/** Lowest first. */
export const ROLE_NAMES = (Object.keys(rows) as Role[]).sort(
  (one, other) => rows[one].rank - rows[other].rank,
);

export const GIVEN_ROLES = ROLE_NAMES.filter((role): role is GivenRole => rows[role].isGiven) as [
  GivenRole,
  ...GivenRole[],
];

export function rankOf(role: Role): number {
  return rows[role].rank;
}

export function may(role: Role, { level }: Permission): boolean {
  return rows[role].levels.includes(level);
}

/** The roles that carry a permission, lowest first. */
export function rolesWith(permission: Permission): Role[] {
  return ROLE_NAMES.filter((role) => may(role, permission));
}

/** What a role is called in a language, and how it is offered; in English where that language has no words for it. */
export function roleWords(role: Role, locale: Locale): { name: string; choice: string } {
  return rows[role].words[locale] ?? rows[role].words.en;
}
