import { env } from "../../env";

/** So many within so many seconds. */
export type Limit = { points: number; seconds: number };

/** Whose tries are counted together: who is named, where it comes from, who is written to, for which tenant. */
export type CountedBy = "account" | "address" | "recipient" | "tenant";

type Policy = {
  /**
   * `failures`: what succeeds does not count. `every`: it does, because doing it is costly itself. `sent`: only what
   * succeeds does, or only that of it which sends something.
   */
  counts: "failures" | "every" | "sent";
  by: Partial<Record<CountedBy, () => Limit>>;
};

const FIVE_MINUTES = 5 * 60;
const HOUR = 60 * 60;
const perAccount = () => ({ points: env().SIGN_IN_TRIES_PER_ACCOUNT, seconds: FIVE_MINUTES });
const perAddress = () => ({ points: env().SIGN_IN_TRIES_PER_ADDRESS, seconds: FIVE_MINUTES });
/** What is called for as a matter of course, and not tried: so many times what an address may fail. */
const perAddressTimes = (times: number) => () => ({
  points: times * env().SIGN_IN_TRIES_PER_ADDRESS,
  seconds: FIVE_MINUTES,
});
const within = (seconds: number, points: number) => () => ({ points, seconds });

/**
 * Everything that is limited, and how: whatever makes us call Cognito or send something has a line here. The table
 * `rate_limits` counts, so that all instances count together.
 */
export const LIMITS = {
  /** Passwords and codes of signing in. */
  sign_in: { counts: "failures", by: { account: perAccount, address: perAddress } },
  /** Codes that are texted in the course of it. */
  text_message: { counts: "sent", by: { recipient: within(HOUR, 10) } },
  /** Signing in and refreshing that succeeds, which costs Cognito as much. */
  sign_in_success: { counts: "sent", by: { account: perAddressTimes(6) } },
  /** Steps and refreshes that prove nothing but that they were tried. */
  sign_in_step: { counts: "failures", by: { address: perAddress } },
  /** Going to and coming from the Hosted UI, each of which asks Cognito something. */
  hosted_sign_in: { counts: "every", by: { address: perAddressTimes(4) } },
  /** Asking for a passkey, which asks Cognito for a challenge: a page does it by itself where one was used before. */
  passkey_challenge: { counts: "every", by: { address: perAddressTimes(4) } },
  /** Asking by which way an address comes in: people do it once a sign-in, and nobody is to go through domains by it. */
  sign_in_way: { counts: "every", by: { address: perAddressTimes(4) } },
  /** Mails with a code for a new password. */
  recovery_mail: {
    counts: "every",
    by: {
      recipient: () => ({ points: Math.min(5, env().SIGN_IN_TRIES_PER_ACCOUNT), seconds: HOUR }),
      address: perAddress,
    },
  },
  /** Codes out of these mails. */
  recovery: { counts: "failures", by: { account: perAccount, address: perAddress } },
  /** The password, or a code, that somebody who is signed in is asked for; `account` is their `sub`. */
  password_again: { counts: "failures", by: { account: perAccount } },
  /** What somebody who is signed in has us ask Cognito about themselves or their tenant; `account` is their `sub`. */
  cognito_call: {
    counts: "every",
    by: { account: perAddressTimes(6), tenant: perAddressTimes(30) },
  },
  /** Mails to somebody who is to be, or is, a member: invitations, repeated ones, passwords that were reset. */
  member_mail: { counts: "every", by: { recipient: within(HOUR, 5), tenant: within(HOUR, 100) } },
  /** Lines of the audit log about what was refused. */
  refusal_record: { counts: "every", by: { account: within(60, 1) } },
} as const satisfies Record<string, Policy>;

export type LimitName = keyof typeof LIMITS;

/** What each limit is counted by; the last two may be left out where there is none. */
export type Counted<Name extends LimitName> = {
  [By in keyof (typeof LIMITS)[Name]["by"]]: By extends "tenant" ? string | null : string;
};
