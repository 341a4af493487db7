import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Member } from "@/lib/members/contract";
import { Initials } from "../../ui/initials";
import { Moment } from "../../ui/moment";
import { MemberBadges } from "./member-badges";
import { RoleMenu } from "./role-menu";

type Props = {
  member: Member;
  /** When they were last in a browser that is signed in still. */
  lastSeen: Date | undefined;
  /** When their invitation ends, where they have not come in and that is known. */
  invitationEnd: string | undefined;
  isSelf: boolean;
  /** Whether whoever looks may change what they are. */
  isManaged: boolean;
  children: ReactNode;
};

/** A member: who it is, in which role, how they stand, and when they were last here. */
export function MemberRow({ member, lastSeen, invitationEnd, isSelf, isManaged, children }: Props) {
  const t = useTranslations("members");
  const { id, name, email, role } = member;
  return (
    <li className="flex items-center gap-x-3 py-3 pr-1 pl-4 sm:py-2 sm:pl-5">
      <Initials of={name ?? email} steady={id} />
      <div className="min-w-0 flex-1 sm:grid sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center sm:gap-x-4">
        <p className="text-sm font-medium wrap-anywhere">
          <bdi>{name ?? email}</bdi>
          {isSelf && (
            <>
              {" "}
              <span className="inline-block font-normal whitespace-nowrap text-muted">{t("you")}</span>
            </>
          )}
        </p>
        <div className="mt-1.5 flex flex-wrap items-center gap-1.5 sm:row-span-2 sm:mt-0 sm:w-72">
          {/* One's own is given away in the dialog only: nobody who has lost it can undo that. */}
          <MemberBadges
            member={member}
            role={isManaged && !isSelf ? <RoleMenu member={{ id, name, email, role }} /> : undefined}
          />
        </div>
        <p className="mt-1.5 text-xs text-muted tabular-nums wrap-anywhere sm:mt-0.5">
          {name !== null && (
            <>
              <bdi>{email}</bdi> ·{" "}
            </>
          )}
          <Since {...{ member, lastSeen, invitationEnd }} />
          {member.signs_in_by === "single_sign_on" && <> · {t("byCompany")}</>}
        </p>
      </div>
      {children}
    </li>
  );
}

function Since({ member, lastSeen, invitationEnd }: Pick<Props, "member" | "lastSeen" | "invitationEnd">) {
  const t = useTranslations("members");
  const { status, created_at, invited_at, last_sign_in_at } = member;
  const time = (iso: string, exact = false) => ({ time: () => <Moment iso={iso} exact={exact} /> });
  if (status === "invited") {
    return (
      <>
        {t.rich("invitedSince", time(invited_at ?? created_at))}
        {invitationEnd && (
          <>
            {" "}
            ·{" "}
            {t.rich(
              Date.parse(invitationEnd) < Date.now() ? "invitationEnded" : "invitationEnds",
              time(invitationEnd),
            )}
          </>
        )}
      </>
    );
  }
  if (lastSeen) return t.rich("lastSeen", time(lastSeen.toISOString()));
  return last_sign_in_at
    ? t.rich("lastSignIn", time(last_sign_in_at))
    : t.rich("since", time(created_at, true));
}
