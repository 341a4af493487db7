"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Member } from "@/lib/members/contract";
import { Button } from "../../ui/button";
import { Notice } from "../../ui/notice";
import { useWrite } from "../../use-write";

type Props = { member: Member; onKeep: () => void; onRemoved: () => void };

/** Asks once more before an account is deleted: nothing brings it back. */
export function RemoveMember({ member, onKeep, onRemoved }: Props) {
  const t = useTranslations("members");
  const write = useWrite();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  const isInvited = member.status === "invited";

  async function remove() {
    setPending(true);
    const written = await write("DELETE", `/api/members/${member.id}`);
    setPending(false);
    // Somebody else was faster: gone is gone.
    if (written.ok || written.code === "not_found") onRemoved();
    else setRefusal(written.message);
  }

  return (
    <div className="space-y-5">
      <p className="text-sm wrap-anywhere text-muted">
        {t.rich(isInvited ? "withdrawSure" : "removeSure", {
          email: member.email,
          strong: (email) => (
            <strong className="text-ink">
              <bdi>{email}</bdi>
            </strong>
          ),
        })}
      </p>
      {refusal && <Notice kind="error">{refusal}</Notice>}
      <div className="flex justify-end gap-3">
        <Button autoFocus disabled={pending} onClick={onKeep}>
          {t("keep")}
        </Button>
        <Button look="danger" pending={pending} onClick={remove}>
          {t(isInvited ? "withdrawNow" : "removeNow")}
        </Button>
      </div>
    </div>
  );
}
