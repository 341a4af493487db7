import { getTranslations } from "next-intl/server";
import { ListSkeleton } from "../ui/skeleton";

/** What stands in for a list until it is read. */
export async function ListLoading() {
  return <ListSkeleton label={(await getTranslations("ui"))("loading")} />;
}
