import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import type { Words } from "./messages";

type Namespace = keyof Words;
/** What every page's scripts may need. */
const EVERYWHERE: Namespace[] = ["common", "ui", "errors", "faults", "failure", "preferences", "people"];

/** Hands the scripts inside it the words of these namespaces, and no more: every word of them is sent with the page. */
export async function ClientWords({ of = [], children }: { of?: Namespace[]; children: ReactNode }) {
  const all = await getMessages();
  const picked = Object.fromEntries([...EVERYWHERE, ...of].map((name) => [name, all[name]]));
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>;
}
