import { cookies } from "next/headers";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { beginTest } from "@/lib/single-sign-on/begin-test";
import * as operations from "@/lib/single-sign-on/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.testSingleSignOn, async ({ tenant }) =>
    Response.json({ identity_provider: await beginTest(await cookies(), tenant) }),
  ),
);
