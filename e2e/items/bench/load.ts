import { Agent, request } from "node:http";

export type Sent = { path: string; method?: string; headers?: Record<string, string>; body?: string };

/** A client of one server that keeps its connections. */
export class Load {
  readonly #agent: Agent;
  readonly #url: string;
  readonly #atOnce: number;

  /** @param atOnce how many requests are under way at the same time. */
  constructor(url: string, atOnce: number) {
    this.#url = url;
    this.#atOnce = atOnce;
    this.#agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  }

  /** Sends the same so many times. @throws Error for an answer that is none of success. */
  async send(times: number, sent: Sent): Promise<void> {
    let left = times;
    const worker = async () => {
      while (left-- > 0) await this.#send(sent);
    };
    await Promise.all(Array.from({ length: this.#atOnce }, worker));
  }

  close(): void {
    this.#agent.destroy();
  }

  #send({ path, method = "GET", headers = {}, body }: Sent): Promise<void> {
    return new Promise((done, failed) => {
      const sending = request(this.#url + path, { method, agent: this.#agent, headers }, (answer) => {
        answer.resume().once("end", () => {
          if (answer.statusCode && answer.statusCode < 300) done();
          else failed(new Error(`${method} ${path} answered ${answer.statusCode}`));
        });
      });
      sending.once("error", failed);
      sending.end(body);
    });
  }
}
