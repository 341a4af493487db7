import * as operations from "@/lib/account/operations";
import { beginMfaSetup } from "@/lib/account/sign-in";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.beginMfaSetup, async ({ body, request }) =>
    json(await beginMfaSetup(request.headers, body)),
  ),
);
