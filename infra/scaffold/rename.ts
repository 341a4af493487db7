import { execFileSync } from "node:child_process";
import { lstatSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The packages keep their own name, and the licence says whose work it is. */
const KEPT = /^(LICENSE|package-lock\.json)$/;
/** The old mark on Cognito's own pages. Without it they show the name. */
const OLD_MARK = "infra/local/hosted-logo.png";

/** What a product is called: for people, in addresses and file names, and in the names of variables. */
export type ProductName = { shown: string; slug: string };

/** @throws Error saying what is wrong with the name. */
export function productName(shown: string): ProductName {
  const slug = shown
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  if (!/^[a-z][a-z0-9-]{1,30}$/.test(slug)) {
    throw new Error(
      `"${shown}" gives no name for packages and cookies: it needs 2 to 31 letters from a to z, digits and blanks.`,
    );
  }
  return { shown: shown.trim(), slug };
}

/**
 * Calls the product by another name, wherever it is called by its own: in words, package, cookies, headers, mails,
 * Terraform. Its mark becomes the first letter of the name.
 *
 * @param root of the checkout.
 * @returns the files that were changed.
 */
export function rename(root: string, name: ProductName): string[] {
  const changed: string[] = [];
  for (const file of trackedFiles(root)) {
    const path = join(root, file);
    if (KEPT.test(file) || !lstatSync(path).isFile()) continue;
    const text = readFileSync(path, "utf8");
    // A picture, not a text.
    if (text.includes("\0")) continue;
    const renamed = file === "app/icon.svg" ? icon(name) : withMark(file, calledBy(name, text), name);
    if (renamed === text) continue;
    writeFileSync(path, renamed);
    changed.push(file);
  }
  rmSync(join(root, OLD_MARK), { force: true });
  return changed;
}

function trackedFiles(root: string): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  return listed
    .toString()
    .split("\0")
    .filter((file) => file !== "" && lstatSync(join(root, file), { throwIfNoEntry: false }) !== undefined);
}

function calledBy({ shown, slug }: ProductName, text: string): string {
  const [first = "", ...others] = slug.split("-");
  const camel = first + others.map(capital).join("");
  return text
    .replace(/(?<!@)sekisho(?=[A-Z])/g, camel)
    .replace(/(?<!@)sekisho(?=_)|(?<=_)sekisho/g, slug.replaceAll("-", "_"))
    .replace(/(?<!@)sekisho/g, slug)
    .replace(/SEKISHO/g, slug.toUpperCase().replaceAll("-", "_"))
    .replace(/(?<=[Xx]-)Sekisho/g, capital(slug))
    .replace(/Sekisho/g, shown);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function withMark(file: string, text: string, { shown }: ProductName): string {
  if (file !== "app/ui/logo.tsx") return text;
  const letter = `<text x="16" y="23" textAnchor="middle" fontSize="20" fontWeight="600" className="fill-on-accent">\n          {"${shown.charAt(0).toUpperCase()}"}\n        </text>`;
  return text
    .replace(/<path[^>]*\/>/s, letter)
    .replace(
      "/** The gate of a checkpoint, and the product's name. */",
      "/** The product's mark and name. */",
    );
}

function icon({ shown }: ProductName): string {
  const letter = shown.charAt(0).toUpperCase();
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><title>${shown}</title><rect width="32" height="32" rx="7" fill="#b3312c"/><text x="16" y="23" text-anchor="middle" font-family="system-ui, sans-serif" font-size="20" font-weight="600" fill="#fff">${letter}</text></svg>\n`;
}
