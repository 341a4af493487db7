import { json } from "@/lib/http/json";
import { openApiDocument } from "@/lib/http/openapi/document";
import { readDocument } from "@/lib/http/operations";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

/** It depends on the environment alone, so that once per process is enough. */
let document: ReturnType<typeof openApiDocument> | undefined;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(readDocument, async () => {
    document ??= openApiDocument();
    return json(document, { headers: { "Cache-Control": "no-cache" } });
  }),
);
