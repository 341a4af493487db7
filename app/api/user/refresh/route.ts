import * as operations from "@/lib/account/operations";
import { refresh } from "@/lib/account/sign-in";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.refresh, async ({ body, request }) => json(await refresh(request.headers, body))),
);
