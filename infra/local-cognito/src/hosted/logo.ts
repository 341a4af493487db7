import type { Reply } from "../protocol/reply";
import type { Cognito } from "../store/cognito";

/** The picture behind a UICustomization's `ImageUrl`, or undefined for any other path. */
export function logoOf(cognito: Cognito, path: string): Reply | undefined {
  const [, poolId, clientId, version] = /^\/([\w-]+)\/(\w+)\/(\w+)\/logo$/.exec(path) ?? [];
  const pool = cognito.pools().find((each) => each.id === poolId);
  const look = pool && clientId ? cognito.uiCustomization(pool, clientId) : undefined;
  if (!look?.image || look.version !== version) return undefined;
  return {
    status: 200,
    headers: { "content-type": look.image.type },
    body: Buffer.from(look.image.data, "base64"),
  };
}
