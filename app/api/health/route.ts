import { isReachable } from "@/lib/db/health";
import { json } from "@/lib/http/json";
import { health } from "@/lib/http/operations";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(health, async () => {
    const database = await isReachable();
    return json(
      { status: database ? "ok" : "unavailable", database: database ? "ok" : "unavailable" },
      { status: database ? 200 : 503 },
    );
  }),
);
