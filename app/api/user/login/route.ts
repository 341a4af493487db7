import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";
import { login } from "@/lib/users/sign-in";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.login, async ({ body, request }) =>
    Response.json(await login({ headers: request.headers, observer: signInObserver }, body)),
  ),
);
