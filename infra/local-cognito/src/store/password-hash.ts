import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { Password, User } from "../model/user";
import { newVerifier, poolNameOf } from "../rules/srp";

const derive = promisify<string, Buffer, number, { N: number }, Buffer>(scrypt);
/** About 10 ms of one core: a laptop's data file is not worth more, and tests sign in often. */
const COST = { N: 4096 };
const LENGTH = 32;

/** A stand-in with which an unknown user costs the same work as a known one. */
const nobody: Password = {
  hash: Buffer.alloc(LENGTH).toString("base64"),
  salt: Buffer.alloc(16).toString("base64"),
};

/** @param whose the password is: who it is of is part of what SRP proves. */
export async function hashPassword(
  password: string,
  whose: Pick<User, "poolId" | "username">,
): Promise<Password> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, LENGTH, COST);
  const srp = newVerifier({ poolName: poolNameOf(whose.poolId), userId: whose.username }, password);
  return { hash: hash.toString("base64"), salt: salt.toString("base64"), srp };
}

/** Whether this is the password. Without a stored one it is false, after the same time. */
export async function passwordMatches(stored: Password | undefined, password: string): Promise<boolean> {
  const { hash, salt } = stored ?? nobody;
  const derived = await derive(password, Buffer.from(salt, "base64"), LENGTH, COST);
  return timingSafeEqual(derived, Buffer.from(hash, "base64")) && stored !== undefined;
}
