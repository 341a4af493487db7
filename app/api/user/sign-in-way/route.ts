import * as operations from "@/lib/account/operations";
import { signInWay } from "@/lib/account/sign-in-way";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.signInWay, async ({ body, request }) =>
    json(await signInWay(request.headers, body)),
  ),
);
