import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";
import { resetPassword } from "@/lib/users/recovery";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.resetPassword, async ({ body, request }) => {
    await resetPassword({ headers: request.headers, observer: signInObserver }, body);
    return Response.json({ ok: true });
  }),
);
