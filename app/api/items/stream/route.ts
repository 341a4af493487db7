import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import * as operations from "@/lib/items/operations";
import { itemsStream } from "./items-stream";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.watchItems, async (input) => itemsStream(input)),
);
