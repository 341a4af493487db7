import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { changeMember } from "@/lib/members/change-member";
import * as operations from "@/lib/members/operations";
import { readMember } from "@/lib/members/read-member";
import { removeMember } from "@/lib/members/remove-member";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.readMember, async ({ tenant, path }) => json(await readMember(tenant, path.id))),
  route(operations.changeMember, async ({ tenant, path, body }) =>
    json(await changeMember(tenant, path.id, body)),
  ),
  route(operations.removeMember, async ({ tenant, path }) => {
    await removeMember(tenant, path.id);
    return new Response(null, { status: 204 });
  }),
);
