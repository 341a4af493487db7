import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/account/operations";
import { login } from "@/lib/account/sign-in";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.login, async ({ body, request }) =>
    json(await login({ headers: request.headers, observer: signInObserver }, body)),
  ),
);
