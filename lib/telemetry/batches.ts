import { diag } from "@opentelemetry/api";

/** As many are sent together, and so many wait for it; OpenTelemetry's own defaults (OTEL_BSP_*). */
const [MOST_TOGETHER, MOST_WAITING] = [512, 2_048];

/** Sends things together: when they are enough, or the first of them has waited. One batch is under way at a time. */
export class Batches<Thing> {
  readonly #send: (things: Thing[]) => Promise<void>;
  readonly #delayMs: number;
  #waiting: Thing[] = [];
  #dropped = 0;
  #timer: NodeJS.Timeout | null = null;
  #underWay: Promise<void> | null = null;

  constructor(send: (things: Thing[]) => Promise<void>, delayMs: number) {
    this.#send = send;
    this.#delayMs = delayMs;
  }

  /** Takes a thing, or drops it where too many wait already. */
  add(thing: Thing): void {
    if (this.#waiting.length === MOST_WAITING) {
      this.#dropped += 1;
      return;
    }
    this.#waiting.push(thing);
    if (this.#underWay === null) this.#plan();
  }

  /** Sends what waits. */
  async close(): Promise<void> {
    await this.#underWay;
    while (this.#waiting.length > 0) await this.#sendSome();
  }

  #plan(): void {
    if (this.#waiting.length >= MOST_TOGETHER) void this.#sendSome();
    else this.#timer ??= setTimeout(() => void this.#sendSome(), this.#delayMs).unref();
  }

  async #sendSome(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#underWay = this.#tryToSend(this.#waiting.splice(0, MOST_TOGETHER));
    await this.#underWay;
    this.#underWay = null;
    if (this.#waiting.length > 0) this.#plan();
  }

  async #tryToSend(things: Thing[]): Promise<void> {
    if (this.#dropped > 0) diag.warn(`Dropped ${this.#dropped} that were too many to wait.`);
    this.#dropped = 0;
    try {
      await this.#send(things);
    } catch (error) {
      const { code, message } = Object(error) as { code?: unknown; message?: unknown };
      diag.error(`Not sent: ${code ?? ""} ${message ?? ""}`);
    }
  }
}
