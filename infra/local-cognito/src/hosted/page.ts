import { createHash } from "node:crypto";
import type { Reply } from "../protocol/reply";
import { Html, html } from "./html";
import type { Look } from "./look";
import { style } from "./style";
import { type Language, texts } from "./texts";

export interface PageParts {
  title: string;
  body: Html;
  /** Whose page it is, for those who come to it; this server's own where absent. */
  brand?: string;
  language?: Language;
  status?: number;
  headers?: Reply["headers"];
  /** Where a form's answer may redirect to, beside this server; "anywhere" where that is not known. */
  leadsTo?: string | undefined;
  look?: Look | undefined;
  /** The one script that the page has. */
  script?: string | undefined;
  /** A card for one thing to do; or a wide page to read. */
  layout?: "card" | "wide";
}

/** A page under its own content security policy: no script and no style but its own. */
export function page(parts: PageParts): Reply {
  const { title, body, language = "en", status = 200, headers = {}, layout = "card" } = parts;
  const { leadsTo, look, script } = parts;
  const { product } = texts[language];
  const { brand = product } = parts;
  const styles = look?.css ? [style, look.css] : [style];
  const logo = look?.logo;
  const document = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
${styles.map((css) => new Html(`<style>${css}</style>\n`))}</head>
<body class="${layout} background-customizable">
<header class="brand banner-customizable">${
    logo
      ? html`<img class="logo-customizable" src="${logo}" alt="">`
      : html`<span class="seal" aria-hidden="true"></span>`
  }<span>${brand}</span></header>
<main class="modal-content-customizable">
${body}
</main>
${
  brand !== product &&
  html`<footer>${product}</footer>
`
}${script !== undefined && new Html(`<script>${script}</script>\n`)}</body>
</html>
`;
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy(styles, { leadsTo, script }),
      "x-frame-options": "DENY",
      // Not no-referrer, with which browsers send "Origin: null" and a form could not be told from a foreign one.
      "referrer-policy": "same-origin",
      ...headers,
    },
    body: document.text,
  };
}

function policy(styles: string[], { leadsTo, script }: Pick<PageParts, "leadsTo" | "script">): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `style-src ${styles.map(hash).join(" ")}`,
    ...(script === undefined ? [] : [`script-src ${hash(script)}`]),
    "img-src data:",
    // Browsers hold the redirect that answers a form to this as well.
    ...(leadsTo === "anywhere"
      ? []
      : [`form-action 'self'${leadsTo === undefined ? "" : ` ${sourceOf(leadsTo)}`}`]),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The address as a source of the policy: its origin, or the scheme where the grammar has no word for the host. */
function sourceOf(address: string): string {
  const { protocol, origin, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && !hostname.startsWith("[") ? origin : protocol;
}
