import { json } from "@/lib/http/json";
import { live } from "@/lib/http/operations";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(live, async () => json({ status: "ok" })),
);
