"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, type FormEvent, type ReactNode, useState } from "react";
import type { Member } from "@/lib/members/contract";
import { Button } from "../../ui/button";
import { Select } from "../../ui/field";
import { Moment } from "../../ui/moment";
import { Notice } from "../../ui/notice";
import { useRouter } from "../../use-router";
import { useWrite, type Written } from "../../use-write";
import { MemberBadges } from "./member-badges";
import { RoleOptions } from "./role-options";
import { TakeAccess } from "./take-access";

type Props = {
  member: Member;
  /** When the invitation of somebody who has not come in ends, where that is known. */
  invitationEnd: string | undefined;
  /** Removing was cancelled: the focus returns to its button. */
  wasKept: boolean;
  onRemove: () => void;
  onClose: () => void;
};

/** What can be done with a member now; what takes their access away stands apart. */
export function MemberActions({ member, invitationEnd, wasKept, onRemove, onClose }: Props) {
  const t = useTranslations("members");
  const write = useWrite();
  const router = useRouter();
  const [pending, setPending] = useState<string | null>(null);
  const [said, setSaid] = useState<ComponentProps<typeof Notice> | null>(null);
  const address = `/api/members/${member.id}`;

  async function run(name: string, send: () => Promise<Written>, done: string) {
    if (pending !== null) return;
    setPending(name);
    const written = await send();
    setPending(null);
    setSaid(written.ok ? { kind: "info", children: done } : { kind: "error", children: written.message });
    router.refresh();
  }

  function changeRole(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const role = new FormData(event.currentTarget).get("role");
    void run("role", () => write("PATCH", address, { body: { role } }), t("roleChanged"));
  }

  const post = (name: string, path: string, done: string) => () =>
    void run(name, () => write("POST", `${address}/${path}`), done);
  const ofButton = (name: string) => ({
    pending: pending === name,
    disabled: pending !== null && pending !== name,
  });
  const isInvited = member.status === "invited";
  const isIn = member.status === "active" || member.status === "reset_required";
  // What their company asks for is reset there.
  const isOwnSignIn = member.signs_in_by === "password";
  return (
    <div className="space-y-5">
      <p className="-mt-2 flex flex-wrap items-center gap-1.5 text-xs text-muted">
        <MemberBadges member={member} />
        {invitationEnd !== undefined && (
          <span>{t.rich("invitationEnds", { time: () => <Moment iso={invitationEnd} exact /> })}</span>
        )}
      </p>
      <form onSubmit={changeRole} className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <Select label={t("role")} name="role" key={member.role} defaultValue={member.role}>
            <RoleOptions />
          </Select>
        </div>
        <Button type="submit" {...ofButton("role")}>
          {t("changeRole")}
        </Button>
      </form>
      {((isIn && isOwnSignIn) || isInvited) && (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {isIn ? (
            <>
              <Action words={t("resetPasswordWords")}>
                <Button
                  {...ofButton("password")}
                  onClick={post("password", "reset-password", t("resetPasswordDone"))}
                >
                  {t("resetPassword")}
                </Button>
              </Action>
              <Action words={t("resetFactorsWords")}>
                <Button
                  {...ofButton("factors")}
                  onClick={post("factors", "reset-mfa", t("resetFactorsDone"))}
                >
                  {t("resetFactors")}
                </Button>
              </Action>
            </>
          ) : (
            <Action words={t("resendWords")}>
              <Button {...ofButton("resend")} onClick={post("resend", "resend", t("resendDone"))}>
                {t("resend")}
              </Button>
            </Action>
          )}
        </ul>
      )}
      <ul aria-label={t("danger")} className="divide-y divide-danger/25 rounded-lg border border-danger/40">
        {member.status !== "invited" && (
          <Action words={t(member.status === "disabled" ? "enableWords" : "disableWords")}>
            <TakeAccess
              isDisabled={member.status === "disabled"}
              {...ofButton("status")}
              onSet={(status) =>
                void run(
                  "status",
                  () => write("PATCH", address, { body: { status } }),
                  t(status === "enabled" ? "enabledDone" : "disabledDone"),
                )
              }
            />
          </Action>
        )}
        <Action words={t(isInvited ? "withdrawWords" : "removeWords")}>
          <Button look="danger" autoFocus={wasKept} disabled={pending !== null} onClick={onRemove}>
            {t(isInvited ? "withdraw" : "remove")}
          </Button>
        </Action>
      </ul>
      {/* Below everything: what is said moves no button away from under a finger. */}
      <div className="flex flex-wrap items-center justify-end gap-3">
        <div className="min-w-0 flex-1 basis-56">{said && <Notice {...said} />}</div>
        <Button onClick={onClose}>{t("close")}</Button>
      </div>
    </div>
  );
}

function Action({ words, children }: { words: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2 p-3">
      <p className="min-w-0 flex-1 basis-48 text-sm text-muted">{words}</p>
      {children}
    </li>
  );
}
