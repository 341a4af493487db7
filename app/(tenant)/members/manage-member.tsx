"use client";

import { Ellipsis } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { Member } from "@/lib/members/contract";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { unsteered } from "../../words/unsteered";
import { leaveRow } from "../leave-row";
import { MemberActions } from "./member-actions";
import { RemoveMember } from "./remove-member";

type Props = { member: Member; invitationEnd: string | undefined };

/** Everything that can be done with a member, in a dialog that stays to say what came of it. */
export function ManageMember({ member, invitationEnd }: Props) {
  const t = useTranslations("members");
  const router = useRouter();
  const toast = useToast();
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  /** Removing asks in a second step; `kept`: it was cancelled, and the focus returns to its button. */
  const [step, setStep] = useState<"actions" | "removing" | "kept">("actions");
  const { email } = member;
  const isInvited = member.status === "invited";
  const label = t("manageNamed", { email: unsteered(email) });

  function removed(close: () => void) {
    close();
    leaveRow(opener.current?.closest("li"), document.querySelector("h1"));
    toast({ message: t(isInvited ? "withdrawn" : "removed", { email: unsteered(email) }) });
    router.refresh();
  }

  function titleOf() {
    if (step === "removing") return t(isInvited ? "withdrawTitle" : "removeTitle");
    return <bdi>{member.name ?? email}</bdi>;
  }

  function onClosed() {
    setOpen(false);
    setStep("actions");
  }

  return (
    <>
      <Button
        ref={opener}
        look="quiet"
        className="size-11 shrink-0 px-0!"
        aria-label={label}
        title={label}
        onClick={() => setOpen(true)}
      >
        <Ellipsis className="size-5" />
      </Button>
      {open && (
        <Dialog title={titleOf()} onClosed={onClosed}>
          {(close) =>
            step === "removing" ? (
              <RemoveMember member={member} onKeep={() => setStep("kept")} onRemoved={() => removed(close)} />
            ) : (
              <MemberActions
                {...{ member, invitationEnd }}
                wasKept={step === "kept"}
                onRemove={() => setStep("removing")}
                onClose={close}
              />
            )
          }
        </Dialog>
      )}
    </>
  );
}
