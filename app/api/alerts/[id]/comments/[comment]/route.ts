import * as operations from "@/lib/alerts/operations";
import { readComment } from "@/lib/alerts/read-comments";
import { removeComment } from "@/lib/alerts/remove-comment";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.readComment, async ({ tenant, path }) =>
    json(await readComment(tenant, path.id, path.comment)),
  ),
  route(operations.removeComment, async ({ tenant, path }) => {
    await removeComment(tenant, path.id, path.comment);
    return new Response(null, { status: 204 });
  }),
);
