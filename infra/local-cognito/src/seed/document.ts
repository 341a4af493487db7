import { readFile } from "node:fs/promises";

/** What a file says: YAML by its name, otherwise JSON. Rejects with the parser's words. */
export async function readDocument(file: string): Promise<unknown> {
  // Some editors and shells of Windows write a byte order mark, which JSON does not know.
  const text = (await readFile(file, "utf8")).replace(/^\uFEFF/, "");
  if (!/\.ya?ml$/i.test(file)) return JSON.parse(text);
  const { parse } = await import("./yaml");
  return parse(text);
}
