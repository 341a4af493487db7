import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/account/operations";
import { selectMfa } from "@/lib/account/sign-in";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.selectMfa, async ({ body, request }) =>
    Response.json(await selectMfa({ headers: request.headers, observer: signInObserver }, body)),
  ),
);
