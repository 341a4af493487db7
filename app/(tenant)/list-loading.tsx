"use client";

import { useTranslations } from "next-intl";
import { ListSkeleton } from "../ui/skeleton";

/** What stands in for a list until it is read. It goes along with every page, so it is a name and no elements. */
export function ListLoading() {
  return <ListSkeleton label={useTranslations("ui")("loading")} />;
}
