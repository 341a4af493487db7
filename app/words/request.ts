import { getRequestConfig } from "next-intl/server";
import { preferences } from "../preferences";

/** What next-intl asks for once per request. */
export default getRequestConfig(async () => {
  const { locale, timeZone } = await preferences();
  const { default: messages } = await import(`./${locale}.json`);
  return { locale, timeZone, messages };
});
