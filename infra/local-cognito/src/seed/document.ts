import { readFile } from "node:fs/promises";

/** What a file says: YAML by its name, otherwise JSON. Rejects with the parser's words. */
export async function readDocument(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8");
  if (!/\.ya?ml$/i.test(file)) return JSON.parse(text);
  const { parse } = await import("./yaml");
  return parse(text);
}
