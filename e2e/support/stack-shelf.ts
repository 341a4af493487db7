import { join } from "node:path";
import { type Ground, type Stack, type StackOptions, startStack } from "../../infra/local/stack";
import { QUICK_START } from "../../infra/local/testing/quick-start";

/** The stacks of a worker: one for each set of options, made when it is first asked for. */
export class StackShelf {
  readonly #stacks = new Map<string, Promise<Stack>>();
  readonly #ground: Ground;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  get(options: StackOptions): Promise<Stack> {
    const key = JSON.stringify(options);
    const stack = this.#stacks.get(key) ?? this.#make(options);
    this.#stacks.set(key, stack);
    return stack;
  }

  /** Ends what does not end with the ground. */
  async clear(): Promise<void> {
    for (const stack of await Promise.all(this.#stacks.values())) {
      if (stack.dataDir !== this.#ground.dataDir) await stack.stop();
    }
  }

  /** Another pool is another ground; other settings are but another application. */
  async #make(options: StackOptions): Promise<Stack> {
    if (options.pool) return startStack({ ...options, nodeFlags: QUICK_START });
    const ground = this.#ground;
    const { environment } = options;
    const application = environment
      ? await ground.startApplication({
          DATA_DIR: join(ground.dataDir, `${this.#stacks.size}`),
          ...environment,
        })
      : await ground.startApplication({}, ground.webPort);
    return { ...ground, application };
  }
}
