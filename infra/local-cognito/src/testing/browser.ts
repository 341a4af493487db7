/** What a browser shows, or where it was sent away to. */
export interface Shown {
  url: string;
  status: number;
  headers: Headers;
  html: string;
  /** Where a redirect leads, when it leads off the server. */
  left?: URL;
}

/** A browser for tests: cookies, redirects and forms over real HTTP, and no script. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();

  constructor(readonly origin: string) {}

  /** Opens an address and follows redirects as long as they stay on the server. */
  async open(url: string | URL): Promise<Shown> {
    return await this.request(new URL(url, this.origin), {});
  }

  /** Fills in the page's form and sends it, with its hidden fields, unless `fields` says otherwise. */
  async submit(
    shown: Shown,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Shown> {
    const action = /<form [^>]*action="([^"]*)"/.exec(shown.html)?.[1];
    if (action === undefined) throw new Error(`There is no form on ${shown.url}`);
    const hidden = [...shown.html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
    const values = hidden.map(([, name = "", value = ""]): [string, string] => [
      decoded(name),
      decoded(value),
    ]);
    const body = new URLSearchParams({ ...Object.fromEntries(values), ...fields });
    return await this.request(new URL(decoded(action), shown.url), { method: "POST", body, headers });
  }

  private async request(url: URL, init: RequestInit): Promise<Shown> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...init.headers, ...(cookie && { cookie }) };
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const set of response.headers.getSetCookie()) this.keep(set);
    const location = response.headers.get("location");
    const shown = {
      url: String(url),
      status: response.status,
      headers: response.headers,
      html: await response.text(),
    };
    if (location === null) return shown;
    const next = new URL(location, url);
    return next.origin === this.origin ? await this.request(next, {}) : { ...shown, left: next };
  }

  private keep(header: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
    if (/max-age=0/i.test(header)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function decoded(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? "");
}
