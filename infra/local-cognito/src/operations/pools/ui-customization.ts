import { randomBytes } from "node:crypto";
import { z } from "zod";
import { invalidParameter } from "../../model/failures";
import type { UiCustomization } from "../../model/hosted";
import type { Cognito, InPool } from "../../store/cognito";
import { drop, put } from "../../store/store";
import { signed } from "../operation";
import { clientId, userPoolId, wireTime } from "../parameters";

/** The client that stands for every client without a look of its own. */
const EVERY_CLIENT = "ALL";
/** Developer guide, "Customizing hosted UI (classic) branding": a logo of at most 100 KB. */
const IMAGE_BYTES = 100 * 1024;

const named = z.object({ UserPoolId: userPoolId, ClientId: clientId.default(EVERY_CLIENT) });

export const uiCustomizationOperations = {
  SetUICustomization: signed(
    named.extend({
      CSS: z.string().max(131_072).optional(),
      ImageFile: z.base64().max(140_000).optional(),
    }),
    (cognito, { UserPoolId, ClientId, CSS, ImageFile }) => {
      const pool = cognito.pool(UserPoolId);
      assertCustomizable({ cognito, pool }, ClientId);
      // Nothing to show returns to the look for everybody, or to the default.
      const before = cognito.uiCustomization(pool, ClientId);
      if (!CSS && !ImageFile) {
        if (before) cognito.commit(drop("uiCustomizations", before));
        return { UICustomization: describeLook(cognito, { poolId: pool.id, clientId: ClientId }) };
      }
      if (CSS) assertStyle(CSS);
      const now = cognito.now();
      const customization: UiCustomization = {
        poolId: pool.id,
        clientId: ClientId,
        css: CSS,
        image: ImageFile ? pictureOf(ImageFile) : before?.image,
        version: randomBytes(8).toString("hex"),
        createdAt: before?.createdAt ?? now,
        modifiedAt: now,
      };
      cognito.commit(put("uiCustomizations", customization));
      return { UICustomization: describeLook(cognito, customization) };
    },
  ),

  GetUICustomization: signed(named, (cognito, { UserPoolId, ClientId }) => {
    const context = cognito.inPool(UserPoolId);
    assertCustomizable(context, ClientId);
    const customization = customizationFor(context, ClientId);
    return { UICustomization: customization ? describeLook(cognito, customization) : {} };
  }),
};

/** @throws ResourceNotFoundException, InvalidParameterException while the pool has no domain to show it under. */
function assertCustomizable({ cognito, pool }: InPool, id: string): void {
  if (id !== EVERY_CLIENT) cognito.client(id, pool);
  if (cognito.domains(pool).length === 0)
    throw invalidParameter("There has to be an existing domain associated with this user pool");
}

/** The look that counts for a client: its own, else that for all, else none. */
export function customizationFor({ cognito, pool }: InPool, id: string): UiCustomization | undefined {
  return cognito.uiCustomization(pool, id) ?? cognito.uiCustomization(pool, EVERY_CLIENT);
}

/** The style stands within a `<style>` element, which it must not be able to leave, and loads nothing. */
function assertStyle(css: string): void {
  if (/<|@import|url\s*\(|expression\s*\(/i.test(css)) throw invalidParameter("Invalid CSS provided.");
}

function pictureOf(base64: string): NonNullable<UiCustomization["image"]> {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length > IMAGE_BYTES) throw invalidParameter("Image file size is too large.");
  if (bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47])))
    return { data: base64, type: "image/png" };
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])))
    return { data: base64, type: "image/jpeg" };
  throw invalidParameter("Image file type is not supported.");
}

function describeLook(
  cognito: Cognito,
  customization: Pick<UiCustomization, "poolId" | "clientId"> & Partial<UiCustomization>,
): object {
  const { poolId, clientId: ClientId, css, image, version, createdAt, modifiedAt } = customization;
  return {
    UserPoolId: poolId,
    ClientId,
    ...(image && { ImageUrl: `${cognito.url}/${poolId}/${ClientId}/${version}/logo` }),
    ...(css !== undefined && { CSS: css }),
    ...(version && { CSSVersion: version }),
    ...(createdAt !== undefined && { CreationDate: wireTime(createdAt) }),
    ...(modifiedAt !== undefined && { LastModifiedDate: wireTime(modifiedAt) }),
  };
}
