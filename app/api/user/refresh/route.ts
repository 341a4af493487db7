import { publicRoute } from "@/lib/http/route";
import { Refresh } from "@/lib/users/contract";
import { refresh } from "@/lib/users/sign-in";

export const POST = publicRoute({ body: Refresh }, async ({ body }) => Response.json(await refresh(body)));
