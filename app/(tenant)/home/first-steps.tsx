import { Check, Circle } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { FirstStep } from "@/lib/feature";
import { Link } from "../../ui/link";
import type { Words } from "../../words/messages";

/** What is done first in a new tenant. */
export async function FirstSteps({ steps }: { steps: FirstStep[] }) {
  const t = await getTranslations("home");
  const ofTenant = steps.filter(({ isOwn }) => !isOwn);
  return (
    <section aria-labelledby="first-steps" className="rounded-xl border border-line bg-surface p-4 sm:p-5">
      <h2 id="first-steps" className="font-semibold">
        {t("firstSteps")}
      </h2>
      <ul className="mt-2 grid gap-x-6 sm:grid-cols-2">
        {[...ofTenant, ...steps.filter(({ isOwn }) => isOwn)].map(({ label, href, isDone }) => {
          const Icon = isDone ? Check : Circle;
          const words = t(label as keyof Words["home"]);
          return (
            <li key={label} className="flex min-h-11 items-center gap-3 text-sm">
              <Icon aria-hidden="true" className={`size-4 shrink-0 ${isDone ? "text-good" : "text-muted"}`} />
              {isDone ? (
                <p className="text-muted">
                  <s>{words}</s> <span className="sr-only">{t("stepDone")}</span>
                </p>
              ) : (
                <Link href={href} className="inline-flex min-h-11 items-center font-medium hover:underline">
                  {words}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
