import { readFile } from "node:fs/promises";
import { join } from "node:path";

const HTML = "text/html; charset=utf-8";
const CSS = "text/css; charset=utf-8";
const SCRIPT = "text/javascript; charset=utf-8";
const OWN = "lib/http/docs";
/** Swagger UI as its makers publish it. */
const VIEWER = "node_modules/swagger-ui-dist";

/** The files of the documentation page. Nothing else can be asked for, whatever a name says. */
const FILES = new Map([
  ["page.html", { folder: OWN, type: HTML }],
  ["page.css", { folder: OWN, type: CSS }],
  ["page.js", { folder: OWN, type: SCRIPT }],
  ["swagger-ui.css", { folder: VIEWER, type: CSS }],
  ["swagger-ui-bundle.js", { folder: VIEWER, type: SCRIPT }],
]);

/** One file of the documentation page with its type, or null when there is none of that name. */
export async function docsAsset(name: string): Promise<{ text: string; type: string } | null> {
  const file = FILES.get(name);
  if (!file) return null;
  return {
    text: await readFile(join(/* turbopackIgnore: true */ process.cwd(), file.folder, name), "utf8"),
    type: file.type,
  };
}
