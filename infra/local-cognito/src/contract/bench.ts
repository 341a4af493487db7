import type {
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll } from "vitest";
import { Browser } from "./browser";
import { openHosted } from "./hosted";
import {
  answer,
  type ContractClient,
  createClient,
  createPool,
  createUser,
  refresh,
  signIn,
  tokensOf,
} from "./pool";
import { openTarget, type Target, type Triggers } from "./target";

type Rest<F> = F extends (target: never, ...rest: infer R) => unknown ? R : never;
type OfUser = Rest<typeof createUser> extends [string, ...infer R] ? R : never;
type OfSignIn = Rest<typeof signIn> extends [string, string, ...infer R] ? R : never;

/** The target for the tests of one file, which is closed after them. */
export async function openForFile(triggers?: Triggers): Promise<Target> {
  const target = await openTarget(triggers);
  afterAll(() => target.close());
  return target;
}

/** What most tests do in a pool, through one of its clients. */
function inPool<T extends Pick<Target, "sdk">>(target: T, pool: string, client: ContractClient) {
  const enterBy = (ClientId: string, ...rest: OfSignIn) => signIn(target, pool, ClientId, ...rest);
  const enter = (...rest: OfSignIn) => enterBy(client.id, ...rest);
  const newUser = (...rest: OfUser) => createUser(target, pool, ...rest);
  const tokensFor = async (...rest: OfSignIn) => tokensOf(await enter(...rest));
  return {
    target,
    sdk: target.sdk,
    pool,
    client,
    newPool: (more?: Partial<CreateUserPoolCommandInput>) => createPool(target, more),
    newClient: (more?: Partial<CreateUserPoolClientCommandInput>) => createClient(target, pool, more),
    newUser,
    /** Signs in through the client; enterBy through another one of the pool. */
    enter,
    enterBy,
    tokensFor,
    /** A new user, and the tokens of a sign-in. */
    signedIn: async (...of: OfUser) => {
      const user = await newUser(...of);
      return { ...user, ...(await tokensFor(user.email)) };
    },
    answer: (...rest: Rest<typeof answer>) => answer(target, ...rest),
    refreshBy: (...rest: Rest<typeof refresh>) => refresh(target, ...rest),
  };
}

/** A new pool with one client. */
export async function newBench<T extends Pick<Target, "sdk">>(
  target: T,
  ofClient: Partial<CreateUserPoolClientCommandInput> = {},
  ofPool: Partial<CreateUserPoolCommandInput> = {},
) {
  const pool = await createPool(target, ofPool);
  return inPool(target, pool, await createClient(target, pool, ofClient));
}

/** One pool with one client for the tests of a file. */
export async function openBench(ofClient?: Partial<CreateUserPoolClientCommandInput>) {
  return await newBench(await openForFile(), ofClient);
}

/** A pool with a Hosted UI for the tests of a file. */
export async function openHostedBench(triggers?: Triggers) {
  const target = await openForFile(triggers);
  const hosted = await openHosted(target);
  const newBrowser = () => new Browser(hosted.url);
  return { hosted, newBrowser, ...inPool(target, hosted.pool, { id: hosted.client, secret: "" }) };
}
