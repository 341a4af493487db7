"use client";

import { Keyboard, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Ref } from "react";
import { Kbd } from "../../ui/kbd";
import { DownloadLink } from "../download-link";
import { type Asked, exportAddress } from "./links";
import type { useSearch } from "./use-search";

type Props = {
  asked: Asked;
  field: Ref<HTMLInputElement>;
  search: ReturnType<typeof useSearch>;
  /** Whether its key works, and is shown. */
  hasKey: boolean;
  /** Escape was pressed. */
  onLeave: () => void;
  onHelp: () => void;
};

/** The search field, the export and the help for the keys. */
export function ItemsTools({ asked, onHelp, ...searching }: Props) {
  const t = useTranslations("items");
  return (
    <div className="flex items-center gap-2 print:hidden">
      <SearchField {...searching} />
      <DownloadLink href={exportAddress(asked)} label={t("export")} />
      <button
        type="button"
        aria-label={t("keys")}
        title={t("keys")}
        onClick={onHelp}
        className="inline-flex size-11 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-raised hover:text-ink pointer-coarse:hidden"
      >
        <Keyboard className="size-5" />
      </button>
    </div>
  );
}

function SearchField({ field, search, hasKey, onLeave }: Omit<Props, "asked" | "onHelp">) {
  const t = useTranslations("items");
  return (
    <search className="relative min-w-0 flex-1">
      <Search className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted" />
      <input
        ref={field}
        type="search"
        dir="auto"
        aria-label={t("search")}
        placeholder={t("search")}
        value={search.text}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => search.type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") search.set(event.currentTarget.value);
          if (event.key === "Escape") {
            search.set("");
            onLeave();
          }
        }}
        className="min-h-11 w-full rounded-lg border border-control bg-surface py-2 pr-10 pl-9 text-base placeholder:text-muted sm:text-sm [&::-webkit-search-cancel-button]:hidden"
      />
      <span className="absolute top-1/2 right-3 -translate-y-1/2">
        {search.isSearching ? (
          <span className="block size-4 animate-spin rounded-full border-2 border-muted border-r-transparent" />
        ) : (
          hasKey && <Kbd>/</Kbd>
        )}
      </span>
    </search>
  );
}
