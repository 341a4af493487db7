/** More unread ids than this are not kept: who is so far behind reads again what changed. */
const MOST_UNREAD = 100;

/** What happened since the last look. */
export type Heard = {
  ids: string[];
  /** Whether changes are heard at the moment. */
  isLive: boolean;
  /** Something may have been missed: read again what changed since. */
  hasGap: boolean;
};

/** What one subscriber has not looked at yet. Holds little, however slow its reader is. */
export class Inbox {
  isClosed = false;
  private readonly unread = new Set<string>();
  private unreadSince = 0;
  /** What changed before the first look, nobody heard. */
  private hasGap = true;
  private wasLive: boolean | null = null;
  private wake = () => {};

  /** @param isLive whether changes are heard now. */
  constructor(
    readonly tenantId: string,
    readonly topic: string,
    /** Who reads it: nobody may have any number. */
    readonly holder: string,
    private readonly isLive: () => boolean,
  ) {}

  /** How many ids wait to be looked at, and for how long the first of them has (seconds). */
  get waiting(): { ids: number; seconds: number } {
    const ids = this.unread.size;
    return { ids, seconds: ids === 0 ? 0 : (performance.now() - this.unreadSince) / 1_000 };
  }

  put(ids: string[]): void {
    if (this.unread.size === 0) this.unreadSince = performance.now();
    for (const id of ids) this.unread.add(id);
    if (this.unread.size > MOST_UNREAD) {
      this.unread.clear();
      this.hasGap = true;
    }
    this.wake();
  }

  /**
   * Something may have been missed, as after the connection was lost: who reads looks at everything anew.
   *
   * @param inMs when they are woken for it, if nothing else does so before.
   */
  lookAgain(inMs = 0): void {
    this.hasGap = true;
    if (inMs === 0) this.wake();
    else setTimeout(() => this.wake(), inMs).unref();
  }

  close(): void {
    this.isClosed = true;
    this.wake();
  }

  /** Waits until something is heard, for `ms` at the most, or until it is closed. One reader at a time. */
  async next(ms: number): Promise<Heard> {
    if (!this.hasNews()) await this.sleep(ms);
    const isLive = this.isLive();
    const heard = { ids: [...this.unread], isLive, hasGap: isLive && this.hasGap };
    this.unread.clear();
    if (isLive) this.hasGap = false;
    this.wasLive = isLive;
    return heard;
  }

  private hasNews(): boolean {
    const isLive = this.isLive();
    return this.isClosed || this.unread.size > 0 || isLive !== this.wasLive || (isLive && this.hasGap);
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = () => {};
        resolve();
      };
    });
  }
}
