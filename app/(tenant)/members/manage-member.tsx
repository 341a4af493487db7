"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Member } from "@/lib/members/contract";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Select } from "../../ui/field";
import { Notice } from "../../ui/notice";
import { useWrite, type Written } from "../../use-write";
import { RoleOptions } from "./role-options";

type Said = { kind: "error" | "info"; text: string };

/** Everything that can be done with a member, in a dialog that stays to say what came of it. */
export function ManageMember({ member }: { member: Member }) {
  const t = useTranslations("members");
  const write = useWrite();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState<string | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const address = `/api/members/${member.id}`;

  /** @param done what to say when it worked; null closes the dialog instead. */
  async function run(name: string, send: () => Promise<Written>, done: string | null) {
    if (pending !== null) return;
    setPending(name);
    const written = await send();
    setPending(null);
    if (!written.ok) setSaid({ kind: "error", text: written.message });
    else if (done === null) setOpen(false);
    else setSaid({ kind: "info", text: done });
    router.refresh();
  }

  function changeRole(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const role = new FormData(event.currentTarget).get("role");
    run("role", () => write("PATCH", address, { body: { role } }), t("roleChanged"));
  }

  function setStatus(status: "enabled" | "disabled") {
    run(
      "status",
      () => write("PATCH", address, { body: { status } }),
      t(status === "enabled" ? "enabledDone" : "disabledDone"),
    );
  }

  function action(name: string, label: string, onClick: () => void, look: "plain" | "danger" = "plain") {
    return (
      <Button look={look} pending={pending === name} disabled={pending !== null} onClick={onClick}>
        {label}
      </Button>
    );
  }

  function onClosed() {
    setOpen(false);
    setSaid(null);
    setRemoving(false);
  }

  return (
    <>
      <Button
        look="quiet"
        className="-mr-4"
        aria-label={t("manageNamed", { email: member.email })}
        onClick={() => setOpen(true)}
      >
        {t("manage")}
      </Button>
      {open && (
        <Dialog title={isRemoving ? t("removeTitle") : member.email} onClosed={onClosed}>
          {(close) => (
            <div className="space-y-5">
              {said && <Notice kind={said.kind}>{said.text}</Notice>}
              {isRemoving ? (
                <>
                  <p className="text-sm break-words text-muted">
                    {t.rich("removeSure", {
                      email: member.email,
                      strong: (email) => <strong className="text-ink">{email}</strong>,
                    })}
                  </p>
                  <div className="flex justify-end gap-3">
                    <Button onClick={() => setRemoving(false)}>{t("keep")}</Button>
                    {action(
                      "remove",
                      t("removeNow"),
                      () => run("remove", () => write("DELETE", address), null),
                      "danger",
                    )}
                  </div>
                </>
              ) : (
                <>
                  <form onSubmit={changeRole} className="flex flex-wrap items-end gap-3">
                    <div className="min-w-0 flex-1 basis-48">
                      <Select label={t("role")} name="role" key={member.role} defaultValue={member.role}>
                        <RoleOptions />
                      </Select>
                    </div>
                    <Button type="submit" pending={pending === "role"} disabled={pending !== null}>
                      {t("changeRole")}
                    </Button>
                  </form>
                  <ul className="divide-y divide-line border-y border-line">
                    {member.status === "invited" && (
                      <Choice words={t("resendWords")}>
                        {action("resend", t("resend"), () =>
                          run("resend", () => write("POST", `${address}/resend`), t("resendDone")),
                        )}
                      </Choice>
                    )}
                    {(member.status === "active" || member.status === "reset_required") && (
                      <>
                        <Choice words={t("resetPasswordWords")}>
                          {action("password", t("resetPassword"), () =>
                            run(
                              "password",
                              () => write("POST", `${address}/reset-password`),
                              t("resetPasswordDone"),
                            ),
                          )}
                        </Choice>
                        <Choice words={t("resetFactorsWords")}>
                          {action("factors", t("resetFactors"), () =>
                            run(
                              "factors",
                              () => write("POST", `${address}/reset-mfa`),
                              t("resetFactorsDone"),
                            ),
                          )}
                        </Choice>
                      </>
                    )}
                    {member.status === "disabled" ? (
                      <Choice words={t("enableWords")}>
                        {action("status", t("enable"), () => setStatus("enabled"))}
                      </Choice>
                    ) : (
                      <Choice words={t("disableWords")}>
                        {action("status", t("disable"), () => setStatus("disabled"), "danger")}
                      </Choice>
                    )}
                    <Choice words={t("removeWords")}>
                      {action("remove", t("remove"), () => setRemoving(true), "danger")}
                    </Choice>
                  </ul>
                  <div className="flex justify-end">
                    <Button onClick={close}>{t("close")}</Button>
                  </div>
                </>
              )}
            </div>
          )}
        </Dialog>
      )}
    </>
  );
}

function Choice({ words, children }: { words: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <p className="min-w-0 flex-1 basis-48 text-sm text-muted">{words}</p>
      {children}
    </li>
  );
}
