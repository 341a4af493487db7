import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/account/operations";
import { resetPassword } from "@/lib/account/recovery";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.resetPassword, async ({ body, request }) => {
    await resetPassword({ headers: request.headers, observer: signInObserver }, body);
    return json({ ok: true });
  }),
);
