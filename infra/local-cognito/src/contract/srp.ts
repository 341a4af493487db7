import { createHash, createHmac, getDiffieHellman, hkdfSync, randomBytes } from "node:crypto";

/** A client of USER_SRP_AUTH, written for these checks. */

const PRIME = getDiffieHellman("modp15").getPrime("hex");
const N = BigInt(`0x${PRIME}`);

const evenly = (hex: string) => (hex.length % 2 ? `0${hex}` : hex);
/** As a signed number: with a zero byte where the first bit is set. */
const signed = (value: bigint) => evenly(value.toString(16)).replace(/^(?=[89a-f])/, "00");
const bytes = (value: bigint) => Buffer.from(signed(value), "hex");
const number = (hex: string) => BigInt(`0x${hex}`);
const sha256 = (...parts: (Buffer | string)[]) =>
  number(parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex"));

function power(base: bigint, exponent: bigint): bigint {
  if (exponent === 0n) return 1n;
  const root = power(base, exponent / 2n);
  return (root * root * (exponent % 2n === 1n ? base : 1n)) % N;
}

/** What a client holds between its two calls. */
export function srpClient() {
  const a = number(randomBytes(128).toString("hex"));
  const A = power(2n, a);
  return {
    SRP_A: A.toString(16),
    /** The answer to PASSWORD_VERIFIER. */
    proof(
      poolId: string,
      password: string,
      asked: Record<string, string> | undefined,
      TIMESTAMP = timestamp(new Date()),
    ): Record<string, string> {
      const { SALT = "0", SRP_B = "0", SECRET_BLOCK = "", USER_ID_FOR_SRP = "" } = asked ?? {};
      const pool = poolId.split("_")[1] ?? "";
      const B = number(SRP_B);
      const identity = createHash("sha256").update(`${pool}${USER_ID_FOR_SRP}:${password}`).digest();
      const x = sha256(bytes(number(SALT)), identity);
      const k = sha256(bytes(N), bytes(2n));
      const u = sha256(bytes(A), bytes(B));
      const base = (((B - k * power(2n, x)) % N) + N) % N;
      const S = power(base, a + u * x);
      const key = Buffer.from(hkdfSync("sha256", bytes(S), bytes(u), "Caldera Derived Key", 16));
      const text = [pool, USER_ID_FOR_SRP, Buffer.from(SECRET_BLOCK, "base64"), TIMESTAMP];
      const mac = text.reduce((hmac, part) => hmac.update(part), createHmac("sha256", key));
      return {
        USERNAME: USER_ID_FOR_SRP,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: mac.digest("base64"),
        TIMESTAMP,
      };
    },
  };
}

/** "Fri Nov 27 11:40:00 UTC 2026" */
export function timestamp(at: Date): string {
  const [weekday = "", day, month = "", year, time] = at.toUTCString().split(" ");
  return `${weekday.slice(0, 3)} ${month} ${Number(day)} ${time} UTC ${year}`;
}

/** The secret that a new device makes for itself, and what the server is told of it. */
export function newDeviceSecret({
  DeviceKey,
  DeviceGroupKey,
}: {
  DeviceKey: string;
  DeviceGroupKey: string;
}) {
  const password = randomBytes(40).toString("base64");
  const identity = createHash("sha256").update(`${DeviceGroupKey}${DeviceKey}:${password}`).digest();
  const salt = number(randomBytes(16).toString("hex"));
  const verifier = power(2n, sha256(bytes(salt), identity));
  return {
    password,
    Salt: bytes(salt).toString("base64"),
    PasswordVerifier: bytes(verifier).toString("base64"),
  };
}
