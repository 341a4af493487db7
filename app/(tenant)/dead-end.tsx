import { getTranslations } from "next-intl/server";
import { HOME } from "@/lib/home";
import { Link } from "../ui/link";

/** What there is to read in place of a page: the frame stays, and leads on. */
export async function DeadEnd({ title, words }: { title: string; words: string }) {
  const t = await getTranslations("common");
  return (
    <>
      <h1 className="text-2xl font-semibold">{title}</h1>
      <p className="text-muted">{words}</p>
      <Link href={HOME} className="inline-flex min-h-11 items-center font-medium text-accent underline">
        {t("toHome")}
      </Link>
    </>
  );
}
