import { getRequestConfig } from "next-intl/server";
import { preferences } from "../preferences";
import { messagesIn } from "./messages";

/** What next-intl asks for once per request. */
export default getRequestConfig(async () => {
  const { locale, timeZone } = await preferences();
  return { locale, timeZone, messages: await messagesIn(locale) };
});
