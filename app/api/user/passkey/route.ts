import { cookies } from "next/headers";
import { signInObserver } from "@/app/sign-in-observer";
import * as operations from "@/lib/account/operations";
import { answerPasskey } from "@/lib/account/sign-in";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { publicRoute } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  publicRoute(operations.answerPasskey, async ({ body, request: { headers } }) => {
    const client = { headers, jar: await cookies(), observer: signInObserver };
    return json(await answerPasskey(client, body));
  }),
);
