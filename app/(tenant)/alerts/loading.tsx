import { getTranslations } from "next-intl/server";
import { ListSkeleton } from "../../ui/skeleton";

export default async function Loading() {
  return <ListSkeleton label={(await getTranslations("ui"))("loading")} />;
}
