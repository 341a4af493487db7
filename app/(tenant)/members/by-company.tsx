import { useTranslations } from "next-intl";

/** Says of a member that they come in at their company; nothing of those who do not. */
export function ByCompany({ is }: { is: boolean }) {
  const t = useTranslations("members");
  return is && <> · {t("byCompany")}</>;
}
