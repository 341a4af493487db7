import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { watchStream } from "@/lib/http/watch-stream";
import * as operations from "@/lib/items/operations";
import { watchItems } from "@/lib/items/watch-items";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.watchItems, async (input) =>
    watchStream(input, watchItems, ({ type, at }) => ({ name: type, data: null, id: at.toISOString() })),
  ),
);
