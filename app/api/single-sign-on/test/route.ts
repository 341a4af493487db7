import { cookies } from "next/headers";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { beginTest } from "@/lib/single-sign-on/begin-test";
import * as operations from "@/lib/single-sign-on/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.testSingleSignOn, async ({ tenant }) =>
    json({ identity_provider: await beginTest(await cookies(), tenant) }),
  ),
);
