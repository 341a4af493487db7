import { callerRoute } from "@/lib/http/route";

export const GET = callerRoute({}, async ({ caller }) => {
  const { sub, username, email, tokenUse } = caller.principal;
  return Response.json({ sub, username, email, token_use: tokenUse });
});
