import { FetchError, KidNotFoundInJwksError } from "aws-jwt-verify/error";
import { assertIsJwks, findJwkInJwks, type Jwks, type JwksCache, type JwkWithKid } from "aws-jwt-verify/jwk";
import { calling } from "../calling";
import { AppError } from "../errors";
import { log } from "../log";

const FETCH_TIMEOUT_MS = 3_000;
/** Keys older than this are fetched anew, beside the traffic. */
const FRESH_MS = 5 * 60_000;
/** Keys older than this are not used without asking, so a retired key is refused by then. */
const RETIRE_MS = 10 * 60_000;
/** While the pool cannot be asked, the last keys serve this long. */
const STALE_MS = 60 * 60_000;
/** Between two fetches, whatever their outcome: unknown key ids and outages must not become a stampede. */
const PAUSE_MS = 5_000;

/** A failed fetch stands for an outage this long; while there is traffic, PAUSE_MS brings the next one. */
const OUTAGE_MS = 60_000;

type Parsed = Parameters<JwksCache["getJwk"]>[1];

/**
 * The signing keys of one user pool, as a cache for aws-jwt-verify.
 *
 * The library's own cache never forgets a key and retries a failed fetch on every verification. This one fetches
 * once for any number of waiting verifications, forgets retired keys within RETIRE_MS, picks up a new key on
 * first sight, keeps verifying through an outage, and tells an unreachable pool (503) from an unknown key (401).
 */
export class KeySet implements JwksCache {
  private jwks: Jwks | undefined;
  private fetchedAt = Number.NEGATIVE_INFINITY;
  private triedAt = Number.NEGATIVE_INFINITY;
  private lastFetchFailed = false;
  private pending: Promise<void> | undefined;

  constructor(
    readonly url: string,
    private readonly now: () => number = Date.now,
  ) {}

  async getJwk(_url: string, token: Parsed): Promise<JwkWithKid> {
    const known = this.find(token);
    if (known && this.age() < FRESH_MS) return known;
    await this.renew(known !== undefined);
    const found = this.find(token);
    if (found && this.age() < STALE_MS) return found;
    // Whether the pool has such a key by now is more than anyone can say.
    if (this.lastFetchFailed) throw unavailable();
    throw new KidNotFoundInJwksError("The pool has no such key");
  }

  getCachedJwk(_url: string, token: Parsed): JwkWithKid {
    const known = this.find(token);
    if (!known) throw new KidNotFoundInJwksError("The key is not in memory");
    return known;
  }

  addJwks(_url: string, jwks: Jwks): void {
    this.jwks = jwks;
    this.fetchedAt = this.now();
  }

  async getJwks(): Promise<Jwks> {
    await this.refresh();
    if (!this.jwks) throw unavailable();
    return this.jwks;
  }

  /**
   * Whether tokens can be verified now. Asks the pool only when a verification would: any number of callers cost one
   * fetch in FRESH_MS, or in PAUSE_MS while there are no keys.
   */
  async isUsable(): Promise<boolean> {
    if (this.age() >= FRESH_MS) await this.renew(this.jwks !== undefined);
    return this.age() < STALE_MS;
  }

  private age(): number {
    return this.now() - this.fetchedAt;
  }

  /** A failure of long ago says nothing about now: then the next caller waits for an answer. */
  private isOutage(): boolean {
    return this.lastFetchFailed && this.now() - this.triedAt < OUTAGE_MS;
  }

  private find(token: Parsed): JwkWithKid | undefined {
    const { kid } = token.header;
    return this.jwks && typeof kid === "string" ? findJwkInJwks(this.jwks, kid) : undefined;
  }

  /** Waits for the fetch only where what is there cannot be used without asking. */
  private async renew(isThere: boolean): Promise<void> {
    const usableFor = this.isOutage() ? STALE_MS : RETIRE_MS;
    const refreshed = this.refresh();
    if (!isThere || this.age() >= usableFor) await refreshed;
  }

  /** One fetch for everyone who waits, and none when it is too soon after the last one. */
  private async refresh(): Promise<void> {
    if (!this.pending) {
      if (this.now() - this.triedAt < PAUSE_MS) return;
      this.triedAt = this.now();
      this.pending = this.fetch().finally(() => {
        this.pending = undefined;
      });
    }
    await this.pending;
  }

  private async fetch(): Promise<void> {
    try {
      const jwks = await calling(
        "jwks",
        () => "fetch",
        () => this.ask(),
      );
      this.addJwks(this.url, jwks);
      this.lastFetchFailed = false;
    } catch (error) {
      // Whatever went wrong, the caller decides by what is left: the last good keys, or none.
      this.lastFetchFailed = true;
      log("error", "jwks.fetch_failed", { url: this.url, error });
    }
  }

  private async ask(): Promise<Jwks> {
    const response = await fetch(this.url, {
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
      redirect: "error",
      cache: "no-store",
    });
    if (!response.ok) throw new FetchError(this.url, `status ${response.status}`);
    const jwks = await response.json();
    assertIsJwks(jwks);
    return jwks;
  }
}

function unavailable(): AppError {
  return new AppError("keys_unavailable", { retryAfter: Math.ceil(PAUSE_MS / 1000) });
}
