import { useTranslations } from "next-intl";
import type { TenantStatus } from "@/lib/tenants/contract";
import { Badge, type Tone } from "../../ui/badge";

const TONE: Record<TenantStatus, Tone> = { active: "good", suspended: "warning", deleting: "danger" };

/** How a tenant stands, in one word. */
export function TenantBadge({ status }: { status: TenantStatus }) {
  const t = useTranslations("tenantStatus");
  return <Badge tone={TONE[status]}>{t(status)}</Badge>;
}
