import { publicRoute } from "@/lib/http/route";
import { Login } from "@/lib/users/contract";
import { login } from "@/lib/users/sign-in";

export const POST = publicRoute({ body: Login }, async ({ body }) => Response.json(await login(body)));
