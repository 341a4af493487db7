import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";
import { selectMfa } from "@/lib/users/sign-in";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.selectMfa, async ({ body, request }) =>
    Response.json(await selectMfa({ headers: request.headers, observer: signInObserver }, body)),
  ),
);
