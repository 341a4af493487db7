import * as operations from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";
import { forgotPassword } from "@/lib/users/recovery";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.forgotPassword, async ({ body, request }) => {
    await forgotPassword(request.headers, body);
    return Response.json({ ok: true });
  }),
);
