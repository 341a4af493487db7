import { readFile } from "node:fs/promises";
import type { TextRecords } from "./name-server";

/**
 * The texts of names in a file that people write with an editor: a line each, the name before the text. It is read anew
 * at each query, and need not be there.
 */
export function textRecordsIn(file: string): TextRecords {
  return async (name) => {
    const lines = (await readFile(file, "utf8").catch(() => "")).split("\n");
    return lines.flatMap((line) => {
      const [, owner = "", text = ""] = /^\s*(\S+?)\.?\s+(?:TXT\s+)?"?(.*?)"?\s*$/.exec(line) ?? [];
      return owner.toLowerCase() === name ? [text] : [];
    });
  };
}
