import { AppError } from "@/lib/errors";
import { docsAsset } from "@/lib/http/docs/asset";
import { readDocsAsset } from "@/lib/http/operations";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(readDocsAsset, async ({ path }) => {
    const file = path.asset === "page.html" ? null : await docsAsset(path.asset);
    if (!file) throw new AppError("not_found");
    const headers = { "Content-Type": file.type, "Cache-Control": "public, max-age=3600" };
    return new Response(file.text, { headers });
  }),
);
