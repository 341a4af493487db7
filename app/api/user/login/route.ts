import { reportNewLogin } from "@/lib/alerts/report-new-login";
import { publicRoute } from "@/lib/http/route";
import { Login } from "@/lib/users/contract";
import { login } from "@/lib/users/sign-in";

export const POST = publicRoute({ body: Login }, async ({ body, request }) =>
  Response.json(await login({ headers: request.headers, onNewDevice: reportNewLogin }, body)),
);
