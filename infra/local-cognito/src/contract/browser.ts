/** What a browser shows, or where it was sent away to. */
export interface Shown {
  url: string;
  status: number;
  headers: Headers;
  html: string;
  /** Where a redirect leads, when it leads off the server. */
  left?: URL;
}

/** A browser without scripts: cookies, redirects and forms, over real HTTP. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly origin: string;

  constructor(address: string) {
    this.origin = new URL(address).origin;
  }

  /** Opens an address and follows redirects as long as they stay on the server. */
  async open(url: string | URL, init: RequestInit = {}): Promise<Shown> {
    const target = new URL(url, this.origin);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...(init.headers as Record<string, string>), ...(cookie && { cookie }) };
    const response = await fetch(target, { ...init, headers, redirect: "manual" });
    for (const header of response.headers.getSetCookie()) this.keep(header);
    const html = await response.text();
    const shown = { url: String(target), status: response.status, headers: response.headers, html };
    const location = response.headers.get("location");
    if (location === null) return shown;
    const next = new URL(location, target);
    return next.origin === this.origin ? await this.open(next) : { ...shown, left: next };
  }

  /** Fills in the page's first form and sends it, with its hidden fields unless `fields` says otherwise. */
  async submit(
    { html, url }: Pick<Shown, "html" | "url">,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Shown> {
    const form = /<form[\s\S]*?<\/form>/.exec(html)?.[0] ?? "";
    const action = attribute(/<form[^>]*>/.exec(form)?.[0] ?? "", "action");
    if (!form || action === undefined) throw new Error(`There is no form on ${url}: ${html.slice(0, 300)}`);
    const body = new URLSearchParams();
    for (const [input] of form.matchAll(/<input[^>]*>/g)) {
      const name = attribute(input, "name");
      if (name && attribute(input, "type") === "hidden") body.set(name, attribute(input, "value") ?? "");
    }
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return await this.open(new URL(action, url), { method: "POST", body, headers });
  }

  private keep(header: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
    if (/max-age=0/i.test(header) || value === "") this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value?.replace(/&(amp|lt|gt|quot|#39);/g, (_, entity: string) => entities[entity] ?? "");
}
