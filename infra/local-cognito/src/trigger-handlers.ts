import { dirname, resolve } from "node:path";
import { moduleAt } from "./module";
import { readDocument } from "./seed/document";
import { OptionError, type ServerOptions } from "./server-options";
import type { TriggerHandler, Triggers } from "./tokens/trigger";
import { invokedAt } from "./trigger-url";

type Given = NonNullable<ServerOptions["triggers"]>;

/** A handler as Node's Lambda runtimes call it, the old ones too. */
type Callback = (error?: unknown, returned?: unknown) => void;
type LambdaHandler = (event: object, context: object, callback?: Callback) => unknown;

/**
 * The handlers behind ARNs. Modules are loaded here, so that a wrong path is told at the start.
 *
 * @param given the map, or its file, from whose folder the paths in it begin
 * @throws OptionError naming the ARN that leads nowhere
 */
export async function handlersOf(given: Given): Promise<Triggers> {
  const folder = typeof given === "string" ? dirname(given) : ".";
  const map = typeof given === "string" ? await mapIn(given) : given;
  const handlers = Object.entries(map).map(async ([arn, target]): Promise<[string, TriggerHandler]> => {
    if (arn !== "*" && !/^arn:[\w-]+:lambda:/.test(arn))
      throw wrong(arn, "is no ARN of a Lambda function, and no *");
    return [arn, await handlerOf(arn, target, folder)];
  });
  return Object.fromEntries(await Promise.all(handlers));
}

async function mapIn(file: string): Promise<Record<string, unknown>> {
  try {
    const map = await readDocument(file);
    if (typeof map === "object" && map !== null && !Array.isArray(map)) return map as Record<string, unknown>;
  } catch (error) {
    throw new OptionError(
      `The triggers ${file} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
  throw new OptionError(`The triggers ${file} must be a map of ARNs to modules and URLs.`);
}

async function handlerOf(arn: string, target: unknown, folder: string): Promise<TriggerHandler> {
  if (typeof target === "function") return target as TriggerHandler;
  if (typeof target !== "string" || target === "") throw wrong(arn, "must lead to a module or a URL");
  if (/^https?:/i.test(target)) {
    if (!URL.canParse(target)) throw wrong(arn, `leads to ${target}, which is no URL`);
    return invokedAt(target);
  }
  const [path = "", name = "handler"] = target.split("#");
  const { [name]: handler } = await moduleAt(resolve(folder, path));
  if (typeof handler !== "function") throw wrong(arn, `leads to ${path}, which exports no function ${name}`);
  return called(handler as LambdaHandler);
}

function called(handler: LambdaHandler): TriggerHandler {
  if (handler.length < 3) return handler as TriggerHandler;
  return (event, context) =>
    new Promise((done, failed) => {
      const callback: Callback = (error, returned) => (error ? failed(error) : done(returned));
      // One that returns a promise after all need not call back.
      Promise.resolve(handler(event, context, callback)).then(
        (returned) => returned !== undefined && done(returned),
        failed,
      );
    });
}

const wrong = (arn: string, what: string) => new OptionError(`The trigger ${arn} ${what}.`);
