import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { Password, User } from "../model/user";
import { newVerifier, poolNameOf } from "../rules/srp";

const derive = promisify<string, Buffer, number, { N: number }, Buffer>(scrypt);
/** About 3 ms of one core: a laptop's data file is not worth more, and tests sign in often. */
const COST = 1024;
/** Of what was stored before its cost was stored with it. */
const FORMER_COST = 4096;
const LENGTH = 32;

/** A stand-in with which an unknown user costs the same work as a known one. */
const nobody: Password = {
  hash: Buffer.alloc(LENGTH).toString("base64"),
  salt: Buffer.alloc(16).toString("base64"),
  cost: COST,
};

/** @param whose the password is: who it is of is part of what SRP proves. */
export async function hashPassword(
  password: string,
  whose: Pick<User, "poolId" | "username">,
): Promise<Password> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, LENGTH, { N: COST });
  const srp = newVerifier({ poolName: poolNameOf(whose.poolId), userId: whose.username }, password);
  return { hash: hash.toString("base64"), salt: salt.toString("base64"), cost: COST, srp };
}

/** Whether this is the password. Without a stored one it is false, after the same time. */
export async function passwordMatches(stored: Password | undefined, password: string): Promise<boolean> {
  const { hash, salt, cost = FORMER_COST } = stored ?? nobody;
  const derived = await derive(password, Buffer.from(salt, "base64"), LENGTH, { N: cost });
  return timingSafeEqual(derived, Buffer.from(hash, "base64")) && stored !== undefined;
}
