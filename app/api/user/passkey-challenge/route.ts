import { cookies } from "next/headers";
import { toChallengeAnswer } from "@/lib/account/contract";
import * as operations from "@/lib/account/operations";
import { askForPasskey } from "@/lib/auth/sign-in/passkey";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.askForPasskey, async ({ body, request: { headers } }) =>
    json(toChallengeAnswer(await askForPasskey({ headers, jar: await cookies() }, body))),
  ),
);
