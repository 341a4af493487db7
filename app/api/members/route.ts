import { requireListExpected } from "@/lib/http/conditions";
import { idempotencyKey } from "@/lib/http/idempotency-key";
import { json } from "@/lib/http/json";
import { paged } from "@/lib/http/paged";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { inviteMember } from "@/lib/members/invite-member";
import { listMembers } from "@/lib/members/list-members";
import * as operations from "@/lib/members/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.listMembers, async ({ tenant, query, request }) =>
    paged(await listMembers(tenant, query), request),
  ),
  route(operations.inviteMember, async ({ tenant, body, request }) => {
    requireListExpected(request);
    const member = await inviteMember(tenant, body, idempotencyKey(request));
    return json(member, { status: 201, headers: { Location: `/api/members/${member.id}` } });
  }),
);
