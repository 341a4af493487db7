import { stepAt, totpCode } from "@sekisho/local-cognito/testing";
import type { Api } from "./api";
import { expect } from "./test";

/** How long a code may take to Cognito: one that would be too old by then is not shown. */
const ON_ITS_WAY_MS = 15_000;

/** An authenticator app. Cognito takes no code twice, nor an older one than the last: each one here is the next. */
export class Authenticator {
  private last = Number.NEGATIVE_INFINITY;

  /** @param secret in base32. */
  constructor(readonly secret: string) {}

  /**
   * A code that is good now and that was not shown before. Two of them can be had at once, then one every 30 s.
   *
   * @param ahead how much later it is for Cognito (seconds).
   */
  code(ahead = 0): string {
    this.last += 1;
    return this.untakenCode(ahead);
  }

  /** The code shown last, which Cognito has not taken; a later one where that would be too old. */
  untakenCode(ahead = 0): string {
    this.last = Math.max(stepAt(Date.now() + ahead * 1_000 + ON_ITS_WAY_MS) - 1, this.last);
    return totpCode(this.secret, this.last);
  }

  /** Six digits that are good neither now nor soon. */
  wrongCode(): string {
    const now = stepAt(Date.now());
    const near = [-2, -1, 0, 1, 2, 3].map((offset) => totpCode(this.secret, now + offset));
    return (
      ["000000", "111111", "222222", "333333", "444444", "555555", "666666"].find(
        (code) => !near.includes(code),
      ) ?? ""
    );
  }
}

/** Turns an authenticator app on for the user whose API this is. */
export async function turnOnAuthenticator(
  api: Api,
  { password }: { password: string },
): Promise<Authenticator> {
  const begun = await api.post("/api/user/totp", { password });
  const authenticator = new Authenticator((begun.body as { secret_code: string }).secret_code);
  expect((await api.post("/api/user/totp/verify", { code: authenticator.code(), password })).status).toBe(
    200,
  );
  return authenticator;
}
