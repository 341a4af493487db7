import * as operations from "@/lib/account/operations";
import { signInWay } from "@/lib/account/sign-in-way";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.signInWay, async ({ body, request }) =>
    Response.json(await signInWay(request.headers, body)),
  ),
);
