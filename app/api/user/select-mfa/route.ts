import { reportNewLogin } from "@/lib/alerts/report-new-login";
import { publicRoute } from "@/lib/http/route";
import { SelectMfa } from "@/lib/users/contract";
import { selectMfa } from "@/lib/users/sign-in";

export const POST = publicRoute({ body: SelectMfa }, async ({ body, request }) =>
  Response.json(await selectMfa({ headers: request.headers, onNewDevice: reportNewLogin }, body)),
);
