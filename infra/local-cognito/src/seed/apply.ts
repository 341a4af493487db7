import type { Pool } from "../model/pool";
import { Cognito } from "../store/cognito";
import { type Change, drop, put, Store } from "../store/store";
import { type ParsedPool, parseSeed, pathOf } from "./format";
import { perform } from "./perform";
import { type Seed, SeedError } from "./seed";
import { addUser } from "./users";

/** Where what a seed makes is to be: it stands in ids and ARNs. */
interface Place {
  now: () => number;
  region?: string | undefined;
  accountId?: string | undefined;
}

type Kind =
  | "Domains"
  | "ResourceServers"
  | "IdentityProviders"
  | "Groups"
  | "UICustomizations"
  | "RiskConfigurations"
  | "Terms"
  | "ManagedLoginBrandings";

/** The operation behind each list of a pool's. A client may name a resource server or a provider, so they come first. */
const BEFORE_CLIENTS: [Kind, string][] = [
  ["Domains", "CreateUserPoolDomain"],
  ["ResourceServers", "CreateResourceServer"],
  ["IdentityProviders", "CreateIdentityProvider"],
  ["Groups", "CreateGroup"],
];
const AFTER_CLIENTS: [Kind, string][] = [
  ["UICustomizations", "SetUICustomization"],
  ["RiskConfigurations", "SetRiskConfiguration"],
  ["Terms", "CreateTerms"],
  ["ManagedLoginBrandings", "CreateManagedLoginBranding"],
];

/**
 * The records that a seed means, made by the operations of the API, and so refused as they refuse. No trigger runs and
 * nothing is sent: people who are there from the beginning did not just sign up.
 *
 * @throws SeedError with the path of what is wrong
 */
export async function recordsOf(seed: Seed, place: Place): Promise<Change[]> {
  const store = new Store(undefined, place.now);
  const cognito = new Cognito(store, { ...place, url: "" });
  for (const [index, pool] of parseSeed(seed).UserPools.entries()) {
    await addPool(cognito, pool, ["UserPools", index]);
  }
  return store.everything();
}

async function addPool(cognito: Cognito, seed: ParsedPool, at: PropertyKey[]): Promise<void> {
  const {
    Id,
    Mfa,
    Clients,
    Users,
    Domains,
    ResourceServers,
    IdentityProviders,
    Groups,
    UICustomizations,
    RiskConfigurations,
    Terms,
    ManagedLoginBrandings,
    SessionConfiguration,
    LogDelivery,
    ...own
  } = seed;
  const lists = {
    Domains,
    ResourceServers,
    IdentityProviders,
    Groups,
    UICustomizations,
    RiskConfigurations,
    Terms,
    ManagedLoginBrandings,
  };
  const pool = await newPool(cognito, { Id, own }, at);
  const UserPoolId = pool.id;
  const addAll = async (kinds: [Kind, string][]) => {
    for (const [kind, operation] of kinds) {
      for (const [index, input] of lists[kind].entries()) {
        await perform(cognito, [operation, { ...input, UserPoolId }], [...at, kind, index]);
      }
    }
  };
  const settings = [
    ["Mfa", "SetUserPoolMfaConfig", Mfa],
    ["SessionConfiguration", "SetUserPoolSessionConfiguration", SessionConfiguration],
    ["LogDelivery", "SetLogDeliveryConfiguration", LogDelivery],
  ] as const;
  for (const [name, operation, input] of settings) {
    if (input) await perform(cognito, [operation, { ...input, UserPoolId }], [...at, name]);
  }
  await addAll(BEFORE_CLIENTS);
  for (const [index, client] of Clients.entries())
    await addClient(cognito, { UserPoolId, client }, [...at, "Clients", index]);
  await addAll(AFTER_CLIENTS);
  // At once: a password takes milliseconds of a core.
  const context = cognito.inPool(UserPoolId);
  await Promise.all(Users.map((user, index) => addUser(context, user, [...at, "Users", index])));
}

async function newPool(
  cognito: Cognito,
  { Id, own }: { Id: string | undefined; own: Record<string, unknown> },
  at: PropertyKey[],
): Promise<Pool> {
  const answer = (await perform(cognito, ["CreateUserPool", own], at)) as { UserPool: { Id: string } };
  const made = cognito.pool(answer.UserPool.Id);
  if (Id === undefined || Id === made.id) return made;
  if (cognito.poolOf(Id)) throw new SeedError(`${pathOf([...at, "Id"])}: ${Id} is there twice.`);
  const pool = { ...made, id: Id };
  cognito.commit(drop("pools", made), put("pools", pool));
  return pool;
}

async function addClient(
  cognito: Cognito,
  { UserPoolId, client }: { UserPoolId: string; client: ParsedPool["Clients"][number] },
  at: PropertyKey[],
): Promise<void> {
  const { ClientId, ClientSecret, SecondClientSecret, SSOSession, ...own } = client;
  const input = { ...own, UserPoolId, ...(ClientSecret && { GenerateSecret: true }) };
  const answer = await perform(cognito, ["CreateUserPoolClient", input], at);
  const made = cognito.client((answer as { UserPoolClient: { ClientId: string } }).UserPoolClient.ClientId);
  const id = ClientId ?? made.id;
  if (id !== made.id && cognito.clientOf(id)) {
    throw new SeedError(`${pathOf([...at, "ClientId"])}: ${id} is there twice.`);
  }
  cognito.commit(drop("clients", made), put("clients", { ...made, id, secret: ClientSecret ?? made.secret }));
  const named = { UserPoolId, ClientId: id };
  if (SecondClientSecret) {
    const second = { ...named, ClientSecret: SecondClientSecret };
    await perform(cognito, ["AddUserPoolClientSecret", second], [...at, "SecondClientSecret"]);
  }
  if (SSOSession) {
    const operation = "SetUserPoolClientSessionConfiguration";
    await perform(cognito, [operation, { ...named, SSOSession }], at);
  }
}
