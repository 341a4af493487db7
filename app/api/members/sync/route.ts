import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import * as operations from "@/lib/members/operations";
import { readDirectory } from "@/lib/members/read-directory";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.readDirectory, async ({ tenant }) => Response.json(await readDirectory(tenant))),
);
