/** A page as a JSON array; the next one is a relative `Link` (RFC 8288), so that no host header shows up in it. */
export function paged({ rows, next }: { rows: unknown[]; next: string | null }, request: Request): Response {
  const headers = new Headers();
  if (next !== null) {
    const { pathname, searchParams } = new URL(request.url);
    searchParams.set("cursor", next);
    headers.set("Link", `<${pathname}?${searchParams}>; rel="next"`);
  }
  return Response.json(rows, { headers });
}
