import { AppError } from "@/lib/errors";
import { docsAsset } from "@/lib/http/docs/asset";
import { readDocs } from "@/lib/http/operations";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

/** Scripts and styles from here only, none inline, no eval; calls to here only; nobody may frame it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(readDocs, async () => {
    const page = await docsAsset("page.html");
    if (!page) throw new AppError("not_found");
    const headers = {
      "Content-Type": page.type,
      "Content-Security-Policy": POLICY,
      "Cache-Control": "no-cache",
    };
    return new Response(page.text, { headers });
  }),
);
