import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Member } from "@/lib/members/contract";
import { Badge, type Tone } from "../../ui/badge";

const STATUS_TONE: Record<Member["status"], Tone> = {
  invited: "warning",
  active: "good",
  disabled: "danger",
  reset_required: "warning",
};

type Props = {
  member: Member;
  /** Stands for the role where it can be changed. */
  role?: ReactNode;
};

/** What a member is in the tenant, and how they stand. */
export function MemberBadges({ member, role }: Props) {
  const t = useTranslations("members");
  const roles = useTranslations("roles");
  const statuses = useTranslations("memberStatus");
  return (
    <>
      {/* So that, from row to row, what follows stands below each other. */}
      <span className="flex min-w-18">{role ?? <Badge>{roles(member.role)}</Badge>}</span>
      {member.is_operator && <Badge>{roles("operator")}</Badge>}
      <Badge tone={STATUS_TONE[member.status]}>{statuses(member.status)}</Badge>
      {member.has_second_step !== null && member.status !== "invited" && (
        <Badge tone={member.has_second_step ? "good" : "neutral"}>
          {t(member.has_second_step ? "secondStepOn" : "secondStepOff")}
        </Badge>
      )}
    </>
  );
}
