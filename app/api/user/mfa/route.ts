import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";
import { answerMfa } from "@/lib/users/sign-in";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.mfa, async ({ body, request }) =>
    Response.json(await answerMfa({ headers: request.headers, observer: signInObserver }, body)),
  ),
);
