import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";
import { answerNewPassword } from "@/lib/users/sign-in";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.newPassword, async ({ body, request }) =>
    Response.json(await answerNewPassword({ headers: request.headers, observer: signInObserver }, body)),
  ),
);
