/** What `Allow` says of a path with these methods (RFC 9110 section 10.2.1): HEAD comes with GET, OPTIONS always. */
export function allowOf(methods: readonly string[]): string {
  const withHead = methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return [...withHead, "OPTIONS"].join(", ");
}
