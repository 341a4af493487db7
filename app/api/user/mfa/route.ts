import { reportNewLogin } from "@/lib/alerts/report-new-login";
import { publicRoute } from "@/lib/http/route";
import { Mfa } from "@/lib/users/contract";
import { answerMfa } from "@/lib/users/sign-in";

export const POST = publicRoute({ body: Mfa }, async ({ body, request }) =>
  Response.json(await answerMfa({ headers: request.headers, onNewDevice: reportNewLogin }, body)),
);
