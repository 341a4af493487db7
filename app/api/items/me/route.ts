import { principalRoute } from "@/lib/http/route";

export const GET = principalRoute({}, async ({ principal }) => {
  const { sub, username, email, tokenUse } = principal;
  return Response.json({ sub, username, email, token_use: tokenUse });
});
