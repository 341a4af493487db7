import type { Branding, UiCustomization } from "../model/hosted";
import { customizationFor } from "../operations/pools/ui-customization";
import type { ThroughClient } from "../store/cognito";

export interface Look {
  css?: string | undefined;
  /** A data URL. */
  logo?: string | undefined;
}

const TYPES: Record<string, string> = {
  ICO: "x-icon",
  JPEG: "jpeg",
  PNG: "png",
  SVG: "svg+xml",
  WEBP: "webp",
};

/**
 * What a client's pages look like: its UI customization, and under a domain with managed login (version 2) the logo of
 * its branding in place of that one. The other settings of a branding change nothing here.
 */
export function lookFor(context: ThroughClient): Look {
  const { cognito, pool, client } = context;
  const customization = customizationFor(context, client.id);
  const isManaged = cognito.domains(pool).some(({ managedLoginVersion }) => managedLoginVersion === 2);
  const branding = cognito.brandings(pool).find((each) => each.clientId === client.id);
  return {
    css: customization?.css,
    logo: (isManaged && branding && brandLogo(branding)) || pictureOf(customization),
  };
}

function brandLogo({ assets }: Branding): string | undefined {
  const logo = assets.find(({ Category, Bytes }) => Category === "FORM_LOGO" && Bytes);
  return logo && `data:image/${TYPES[logo.Extension]};base64,${logo.Bytes}`;
}

function pictureOf(customization: UiCustomization | undefined): string | undefined {
  const image = customization?.image;
  return image && `data:${image.type};base64,${image.data}`;
}
