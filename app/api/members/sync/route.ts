import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import * as operations from "@/lib/members/operations";
import { readDirectory } from "@/lib/members/read-directory";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.readDirectory, async ({ tenant }) => json(await readDirectory(tenant))),
);
