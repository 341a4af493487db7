import { type ParseArgsConfig, parseArgs } from "node:util";

/** What the person who typed a command can mend: shown in its own words, without a stack. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** Runs a command to its end. A Refusal is told and ends it with 1; anything else is a fault of ours and keeps its stack. */
export function runCommand(main: () => Promise<void>): void {
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error instanceof Refusal ? error.message : error);
      process.exit(1);
    },
  );
}

/** The options that a command was given. @throws Refusal with the usage when one of them is unknown. */
export function readOptions<T extends NonNullable<ParseArgsConfig["options"]>>(options: T, usage: string) {
  const { values, positionals } = readArguments(options, usage);
  if (positionals.length > 0) throw new Refusal(`What is ${positionals[0]}?\n\n${usage}`);
  return values;
}

/** The same with the words before and between them. @throws Refusal with the usage when an option is unknown. */
export function readArguments<T extends NonNullable<ParseArgsConfig["options"]>>(options: T, usage: string) {
  try {
    return parseArgs({ args: process.argv.slice(2), options, allowPositionals: true });
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}
