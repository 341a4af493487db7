import { GIVEN_ROLES, ROLES } from "../../lib/roles";

export const DEMO_PASSWORD = "Passw0rd!demo";

export interface DemoUser {
  email: string;
  /** Not everybody has said it. */
  name?: string;
  tenant?: string;
  groups: string[];
  phone?: string;
  /** Is asked for the code of an authenticator app with this base32 secret. */
  totpSecret?: string;
  /** Is asked for a code that is texted to the phone. */
  textedCode?: boolean;
  /** Signs in with the demo password once and must then choose another. */
  mustChoosePassword?: boolean;
  /** For people: what this user is there to show. */
  note: string;
}

const NAMED: DemoUser[] = [
  {
    email: "alice@acme.example",
    name: "Alice Mori",
    tenant: "acme",
    groups: ["admin"],
    note: "administrator of acme",
  },
  {
    email: "bob@acme.example",
    name: "Bob Kimura",
    tenant: "acme",
    groups: ["member"],
    note: "member of acme",
  },
  { email: "victor@acme.example", tenant: "acme", groups: ["viewer"], note: "may only read in acme" },
  {
    email: "carol@globex.example",
    name: "Carol Sato",
    tenant: "globex",
    groups: ["admin"],
    note: "administrator of globex",
  },
  {
    email: "dave@globex.example",
    name: "Dave Hayashi",
    tenant: "globex",
    groups: ["member"],
    mustChoosePassword: true,
    note: "member of globex, must choose a new password",
  },
  {
    email: "erin@acme.example",
    name: "Erin Tanaka",
    tenant: "acme",
    groups: ["member"],
    totpSecret: "JBSWY3DPEHPK3PXP",
    note: "member of acme, authenticator app with secret JBSWY3DPEHPK3PXP",
  },
  {
    email: "sam@acme.example",
    name: "Sam Okada",
    tenant: "acme",
    groups: ["member"],
    phone: "+819012345678",
    textedCode: true,
    note: "member of acme, is texted a code",
  },
  {
    email: "olga@sekisho.example",
    name: "Olga Petrova",
    tenant: "sekisho",
    groups: ["operator"],
    note: "operator of the platform",
  },
  { email: "nobody@example.com", groups: [], note: "belongs to no tenant" },
];

/** The users that a fresh local Cognito has, one of each role at least. Local only. */
export const DEMO_USERS: DemoUser[] = [
  ...NAMED,
  ...GIVEN_ROLES.filter((role) => !NAMED.some(({ groups }) => groups.includes(role))).map((role) => ({
    email: `${role}@acme.example`,
    tenant: "acme",
    groups: [role],
    note: ROLES[role].description,
  })),
];

/** For `startCognito`: the demo users' authenticator secrets, which on AWS nobody but Cognito could choose. */
export function demoSoftwareTokenSecret(user: { attributes: Record<string, string> }): string | undefined {
  return DEMO_USERS.find(({ email }) => email === user.attributes.email)?.totpSecret;
}
