import { publicRoute } from "@/lib/http/route";
import { NewPassword } from "@/lib/users/contract";
import { answerNewPassword } from "@/lib/users/sign-in";

export const POST = publicRoute({ body: NewPassword }, async ({ body }) =>
  Response.json(await answerNewPassword(body)),
);
