import { getRequestConfig } from "next-intl/server";
import { preferences } from "../preferences";
import { messagesIn } from "./messages";

/** What next-intl asks for once per request. */
export default getRequestConfig(async () => {
  const { locale, timeZone } = await preferences();
  // For the server and the browser to begin with the same.
  return { locale, timeZone, now: new Date(), messages: await messagesIn(locale) };
});
