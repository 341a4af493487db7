export const DEMO_PASSWORD = "Passw0rd!demo";

export interface DemoUser {
  email: string;
  tenant?: string;
  groups: string[];
  phone?: string;
  /** Signs in with the demo password once and must then choose another. */
  mustChoosePassword?: boolean;
  /** For people: what this user is there to show. */
  note: string;
}

/** The users that a fresh local Cognito has. Local only. */
export const DEMO_USERS: DemoUser[] = [
  { email: "alice@acme.example", tenant: "acme", groups: ["admin"], note: "administrator of acme" },
  { email: "bob@acme.example", tenant: "acme", groups: [], note: "member of acme" },
  { email: "victor@acme.example", tenant: "acme", groups: ["viewer"], note: "may only read in acme" },
  { email: "carol@globex.example", tenant: "globex", groups: ["admin"], note: "administrator of globex" },
  {
    email: "dave@globex.example",
    tenant: "globex",
    groups: [],
    mustChoosePassword: true,
    note: "member of globex, must choose a new password",
  },
  { email: "erin@acme.example", tenant: "acme", groups: [], note: "member of acme" },
  {
    email: "sam@acme.example",
    tenant: "acme",
    groups: [],
    phone: "+819012345678",
    note: "member of acme, with a phone",
  },
  {
    email: "olga@sekisho.example",
    tenant: "sekisho",
    groups: ["operator"],
    note: "operator of the platform",
  },
  { email: "nobody@example.com", groups: [], note: "belongs to no tenant" },
];
