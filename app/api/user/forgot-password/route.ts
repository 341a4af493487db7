import * as operations from "@/lib/account/operations";
import { forgotPassword } from "@/lib/account/recovery";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.forgotPassword, async ({ body, request }) => {
    await forgotPassword(request.headers, body);
    return json({ ok: true });
  }),
);
