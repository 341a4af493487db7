import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Tenant } from "@/lib/tenants/contract";
import { Link } from "../../ui/link";
import { Moment } from "../../ui/moment";
import { TenantBadge } from "./tenant-badge";

/** A tenant in the list: the whole row leads to its page. */
export function TenantRow({ tenant: { id, name, status, members, created_at } }: { tenant: Tenant }) {
  const t = useTranslations("tenants");
  return (
    <li className="relative flex items-center gap-x-4 py-3 pr-3 pl-4 first:rounded-t-xl last:rounded-b-xl hover:bg-raised sm:pl-5">
      <div className="min-w-0 flex-1 sm:grid sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center sm:gap-x-4">
        <p className="text-sm font-medium wrap-anywhere">
          <Link href={`/tenants/${id}`} className="after:absolute after:inset-0 after:rounded-[inherit]">
            <bdi>{name}</bdi>
          </Link>
        </p>
        <p className="mt-1.5 flex sm:row-span-2 sm:mt-0">
          <TenantBadge status={status} />
        </p>
        <p className="mt-1.5 flex flex-wrap gap-x-3 text-xs text-muted tabular-nums sm:mt-0.5">
          <code className="wrap-anywhere">{id}</code>
          <span>{t("members", { count: members })}</span>
          <span>{t.rich("made", { time: () => <Moment iso={created_at} /> })}</span>
        </p>
      </div>
      <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted" />
    </li>
  );
}
