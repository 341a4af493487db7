"use client";

import { useTranslations } from "next-intl";
import { Link } from "../ui/link";

const WITH_CODE = "/forgot-password?step=code";

/**
 * What to do about a refused sign-in. It is the same for every address that was typed: whether there is such an account,
 * and whether somebody was invited with it, is never told.
 *
 * @param code the error code of the refusal.
 */
export function WayOut({ code }: { code: string }) {
  const t = useTranslations("signin");
  if (code === "password_reset_required") {
    return (
      <p className="text-sm">
        <Link href={WITH_CODE} className="underline">
          {t("enterCode")}
        </Link>
      </p>
    );
  }
  if (code !== "invalid_credentials") return null;
  return (
    <div className="space-y-2 text-sm text-muted">
      <p>
        {t.rich("helpReset", {
          a: (words) => (
            <Link href={WITH_CODE} className="underline hover:text-ink">
              {words}
            </Link>
          ),
        })}
      </p>
      <p>{t("helpInvited")}</p>
    </div>
  );
}
