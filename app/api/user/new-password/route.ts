import { reportNewLogin } from "@/lib/alerts/report-new-login";
import { publicRoute } from "@/lib/http/route";
import { NewPassword } from "@/lib/users/contract";
import { answerNewPassword } from "@/lib/users/sign-in";

export const POST = publicRoute({ body: NewPassword }, async ({ body, request }) =>
  Response.json(await answerNewPassword({ headers: request.headers, onNewDevice: reportNewLogin }, body)),
);
