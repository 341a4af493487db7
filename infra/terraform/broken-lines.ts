import { readFileSync } from "node:fs";

/** The modules with assertions, by their folder here, and the suites of each. */
export const SUITES = {
  ".": ["safe_defaults", "variables"],
  application: ["application"],
};
export type Module = keyof typeof SUITES;

/** How somebody might break a line of a module, and the assertion that is there to notice it. */
export type BrokenLine = {
  file: string;
  /** "aws_cognito_user_pool.this", "output.dotenv", "module.service", "variable.waf" or "locals". */
  block: string;
  /** Stands once in the block. Any run of spaces stands for any other. */
  line: string;
  broken: string;
  /** The assertion's error message, which is its name. */
  notices: string;
};

/**
 * Reads a module's tests/broken-lines.txt, of which the first one's head explains the form.
 * @throws Error for a line that is of no known kind or out of order.
 */
export function readBrokenLines(module: Module): BrokenLine[] {
  const text = readFileSync(new URL(`${module}/tests/broken-lines.txt`, import.meta.url), "utf8");
  const read: BrokenLine[] = [];
  let place: string | undefined;
  let line: string | undefined;
  let broken: string | undefined;
  for (const each of text.split("\n").filter((each) => each !== "" && !each.startsWith("#"))) {
    const rest = each.slice(2);
    if (each[0] === "@") place = rest;
    else if (each[0] === "-") line = rest;
    else if (each[0] === "+") broken = rest;
    else if (each[0] === "!" && place && line && broken !== undefined) {
      const [file = "", block = ""] = place.split(" ");
      read.push({ file, block, line, broken, notices: rest });
      line = broken = undefined;
    } else throw new Error(`broken-lines.txt: what is "${each}"?`);
  }
  return read;
}

/**
 * The file's text with the line broken.
 * @throws Error when the block is not there, or the line not exactly once in it: the table is out of date.
 */
export function breakLine(text: string, { file, block, line, broken }: BrokenLine): string {
  const start = `\n${text}`.indexOf(`\n${headerOf(block)}\n`);
  const body = start === -1 ? "" : text.slice(start, text.indexOf("\n}\n", start));
  const pattern = new RegExp(line.split(/ +/).map(escapeText).join(" +"), "g");
  const found = body.match(pattern)?.length ?? 0;
  if (found !== 1) throw new Error(`${file} ${block} has "${line}" ${found} times`);
  return text.replace(body, () => body.replace(pattern, () => broken));
}

function headerOf(block: string): string {
  const [kind, name] = block.split(".");
  if (name === undefined) return `${kind} {`;
  const isNamed = ["module", "output", "variable"].includes(kind ?? "");
  return isNamed ? `${kind} "${name}" {` : `resource "${kind}" "${name}" {`;
}

function escapeText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
