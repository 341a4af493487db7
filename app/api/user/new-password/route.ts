import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/account/operations";
import { answerNewPassword } from "@/lib/account/sign-in";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.newPassword, async ({ body, request }) =>
    json(await answerNewPassword({ headers: request.headers, observer: signInObserver }, body)),
  ),
);
