import * as operations from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";
import { beginMfaSetup } from "@/lib/users/sign-in";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.beginMfaSetup, async ({ body, request }) =>
    Response.json(await beginMfaSetup(request.headers, body)),
  ),
);
