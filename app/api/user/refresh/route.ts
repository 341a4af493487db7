import * as operations from "@/lib/account/operations";
import { refresh } from "@/lib/account/sign-in";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.refresh, async ({ body, request }) =>
    Response.json(await refresh(request.headers, body)),
  ),
);
