/** A clock that can be set forward or back, so that what expires in 30 days can be tried today. */
export class ShiftableClock {
  /** How far from the real time, in seconds. */
  offsetSeconds = 0;

  /** @param base the real time, in ms since the epoch. */
  constructor(private readonly base: () => number) {}

  readonly now = (): number => this.base() + this.offsetSeconds * 1_000;
}
