import { createComment } from "@/lib/alerts/create-comment";
import * as operations from "@/lib/alerts/operations";
import { listComments } from "@/lib/alerts/read-comments";
import { requireListExpected } from "@/lib/http/conditions";
import { idempotencyKey } from "@/lib/http/idempotency-key";
import { json } from "@/lib/http/json";
import { paged } from "@/lib/http/paged";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.listComments, async ({ tenant, path, query, request }) =>
    paged(await listComments(tenant, path.id, query), request),
  ),
  route(operations.createComment, async ({ tenant, path, body, request }) => {
    requireListExpected(request);
    const comment = await createComment(tenant, path.id, body, idempotencyKey(request));
    const Location = `/api/alerts/${comment.alert_id}/comments/${comment.id}`;
    return json(comment, { status: 201, headers: { Location } });
  }),
);
