import { createHmac, randomUUID } from "node:crypto";
import type {
  AttributeType,
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
  InitiateAuthCommandOutput,
  RespondToAuthChallengeCommandInput,
  RespondToAuthChallengeCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import type { Target } from "./target";

export const PASSWORD = "Correct-horse-1";
export const OTHER_PASSWORD = "Battery-staple-2";
export const TENANT = "custom:tenant_id";

/** An e-mail pool with a tenant attribute, without second factors. Resolves to its id. */
export async function createPool(
  { sdk, pools }: Pick<Target, "sdk"> & Partial<Target>,
  settings: Partial<CreateUserPoolCommandInput> = {},
): Promise<string> {
  const { UserPool } = await sdk.createUserPool({
    PoolName: `contract-${randomUUID().slice(0, 8)}`,
    UsernameAttributes: ["email"],
    UsernameConfiguration: { CaseSensitive: false },
    AutoVerifiedAttributes: ["email"],
    Schema: [
      {
        Name: "tenant_id",
        AttributeDataType: "String",
        Mutable: true,
        StringAttributeConstraints: { MinLength: "2", MaxLength: "8" },
      },
    ],
    ...settings,
  });
  const id = given(UserPool?.Id);
  pools?.add(id);
  return id;
}

export interface ContractClient {
  id: string;
  secret: string;
}

/** A client of both password flows and of refreshing. */
export async function createClient(
  { sdk }: Pick<Target, "sdk">,
  UserPoolId: string,
  settings: Partial<CreateUserPoolClientCommandInput> = {},
): Promise<ContractClient> {
  const { UserPoolClient } = await sdk.createUserPoolClient({
    UserPoolId,
    ClientName: "contract",
    ExplicitAuthFlows: [
      "ALLOW_ADMIN_USER_PASSWORD_AUTH",
      "ALLOW_USER_PASSWORD_AUTH",
      "ALLOW_REFRESH_TOKEN_AUTH",
    ],
    ReadAttributes: ["email", "email_verified", "name", "phone_number", "phone_number_verified", TENANT],
    WriteAttributes: ["email", "name", "phone_number"],
    ...settings,
  });
  return { id: given(UserPoolClient?.ClientId), secret: UserPoolClient?.ClientSecret ?? "" };
}

let made = 0;
/** An address that nobody else in this run has. */
export function newEmail(name = "user"): string {
  made += 1;
  return `${name}-${process.pid}-${made}@acme.example`;
}

/** A domain prefix that nobody else has: hexadecimal, which spells no word that a prefix may not hold, as a pool's id may. */
export const newDomain = () => `contract-${randomUUID()}`;

export interface ContractUser {
  email: string;
  /** What tokens carry: the sub, in an e-mail pool. */
  username: string;
}

/** A confirmed user with PASSWORD, or one who has it as temporary password. */
export async function createUser(
  { sdk }: Pick<Target, "sdk">,
  UserPoolId: string,
  options: { temporary?: boolean; email?: string; attributes?: Record<string, string> } = {},
): Promise<ContractUser> {
  const email = options.email ?? newEmail();
  const attributes = { email, email_verified: "true", [TENANT]: "acme", ...options.attributes };
  const { User } = await sdk.adminCreateUser({
    UserPoolId,
    Username: email,
    TemporaryPassword: PASSWORD,
    MessageAction: "SUPPRESS",
    UserAttributes: listOf(attributes),
  });
  if (!options.temporary) {
    await sdk.adminSetUserPassword({ UserPoolId, Username: email, Password: PASSWORD, Permanent: true });
  }
  return { email, username: given(User?.Username) };
}

export function signIn(
  { sdk }: Pick<Target, "sdk">,
  UserPoolId: string,
  ClientId: string,
  USERNAME: string,
  password: string = PASSWORD,
  more: Record<string, string> = {},
): Promise<InitiateAuthCommandOutput> {
  return sdk.adminInitiateAuth({
    UserPoolId,
    ClientId,
    AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD: password, ...more },
  });
}

export function answer(
  { sdk }: Pick<Target, "sdk">,
  ClientId: string,
  ChallengeName: RespondToAuthChallengeCommandInput["ChallengeName"],
  Session: string | undefined,
  ChallengeResponses: Record<string, string>,
): Promise<RespondToAuthChallengeCommandOutput> {
  return sdk.respondToAuthChallenge({ ClientId, ChallengeName, Session, ChallengeResponses });
}

export function refresh(
  { sdk }: Pick<Target, "sdk">,
  ClientId: string,
  REFRESH_TOKEN: string,
  more: Record<string, string> = {},
): Promise<InitiateAuthCommandOutput> {
  const AuthParameters = { REFRESH_TOKEN, ...more };
  return sdk.initiateAuth({ ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters });
}

/** The tokens of an answer and the claims of the two that are JWTs. */
export function tokensOf({ AuthenticationResult }: InitiateAuthCommandOutput) {
  const AccessToken = given(AuthenticationResult?.AccessToken);
  const IdToken = given(AuthenticationResult?.IdToken);
  const RefreshToken = AuthenticationResult?.RefreshToken ?? "";
  return { AccessToken, IdToken, RefreshToken, access: decodeJwt(AccessToken), id: decodeJwt(IdToken) };
}

/** What a client with a secret sends with every call: the hash over the name in that call. */
export function secretHash({ id, secret }: ContractClient, name: string): string {
  return createHmac("sha256", secret)
    .update(name + id)
    .digest("base64");
}

export function listOf(attributes: Record<string, string>): AttributeType[] {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

export function mapOf(attributes: AttributeType[] | undefined): Record<string, string | undefined> {
  return Object.fromEntries((attributes ?? []).map(({ Name, Value }) => [Name, Value]));
}

/** The six digits in the newest message to an address. */
export async function codeFor(target: Target, address: string): Promise<string> {
  const [newest] = await target.messagesTo(address);
  return given(/\d{6}/.exec(newest?.body ?? "")?.[0]);
}

/** A code of six digits that is not this one. */
export function wrong(code: string): string {
  return code === "000000" ? "000001" : "000000";
}

/** The items of all pages of a list, in order. */
export async function everyPage<
  P extends { NextToken?: string | undefined; PaginationToken?: string | undefined },
  T,
>(ask: (token: string | undefined) => Promise<P>, items: (page: P) => T[] | undefined): Promise<T[]> {
  const seen: T[] = [];
  let token: string | undefined;
  do {
    const page = await ask(token);
    seen.push(...(items(page) ?? []));
    token = page.NextToken ?? page.PaginationToken;
  } while (token);
  return seen;
}

/** How many of several concurrent calls succeeded. */
export async function countDone(calls: Promise<unknown>[]): Promise<number> {
  return (await Promise.allSettled(calls)).filter(({ status }) => status === "fulfilled").length;
}

/** The name of the exception that a call ended with, or "done". */
export async function outcomeOf(call: Promise<unknown>): Promise<string> {
  return await call.then(
    () => "done",
    (error: Error) => error.name,
  );
}

/** @throws when the target left out what its answer must have. */
export function given<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error("The answer lacks something that it must have.");
  return value;
}
