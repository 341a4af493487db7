import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Member } from "@/lib/members/contract";
import { Moment } from "../../ui/moment";
import { MemberBadges } from "./member-badges";

type Props = { member: Member; isSelf: boolean; children: ReactNode };

/** A member: address, role, status and last sign-in. */
export function MemberRow({ member, isSelf, children }: Props) {
  const t = useTranslations("members");
  return (
    <li className="flex items-center gap-x-4 py-3 pr-1 pl-4 sm:py-2 sm:pl-5">
      <div className="min-w-0 flex-1 sm:grid sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center sm:gap-x-4">
        <p className="text-sm font-medium wrap-anywhere">
          <bdi>{member.email}</bdi>
          {isSelf && (
            <>
              {" "}
              <span className="inline-block font-normal whitespace-nowrap text-muted">{t("you")}</span>
            </>
          )}
        </p>
        <p className="mt-1.5 flex flex-wrap items-center gap-1.5 sm:row-span-2 sm:mt-0 sm:w-56 lg:w-64">
          <MemberBadges member={member} />
        </p>
        <p className="mt-1.5 text-xs text-muted tabular-nums sm:mt-0.5">
          <Since member={member} />
        </p>
      </div>
      {children}
    </li>
  );
}

function Since({ member: { status, created_at, last_sign_in_at } }: { member: Member }) {
  const t = useTranslations("members");
  const time = (iso: string) => ({ time: () => <Moment iso={iso} /> });
  if (status === "invited") return t.rich("invitedSince", time(created_at));
  return last_sign_in_at ? t.rich("lastSignIn", time(last_sign_in_at)) : t.rich("since", time(created_at));
}
