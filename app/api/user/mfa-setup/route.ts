import { publicRoute } from "@/lib/http/route";
import { BeginMfaSetup } from "@/lib/users/contract";
import { beginMfaSetup } from "@/lib/users/sign-in";

export const POST = publicRoute({ body: BeginMfaSetup }, async ({ body }) =>
  Response.json(await beginMfaSetup(body)),
);
