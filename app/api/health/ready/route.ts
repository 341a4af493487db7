import { json } from "@/lib/http/json";
import { ready } from "@/lib/http/operations";
import { readiness } from "@/lib/http/readiness";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(ready, async () => {
    const parts = await readiness();
    return json(parts, { status: parts.status === "ok" ? 200 : 503 });
  }),
);
