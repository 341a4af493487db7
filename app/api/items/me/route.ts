import { readMe } from "@/lib/http/operations/users";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(readMe, async ({ caller }) => {
    const { sub, username, email, tokenUse } = caller.principal;
    return Response.json({ sub, username, email, token_use: tokenUse });
  }),
);
