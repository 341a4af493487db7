"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Member } from "@/lib/members/contract";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Select } from "../../ui/field";
import { Notice } from "../../ui/notice";
import { type Written, write } from "../../write";
import { ROLE_WORDS } from "./words";

type Said = { kind: "error" | "info"; text: string };

/** Everything that can be done with a member, in a dialog that stays to say what came of it. */
export function ManageMember({ member }: { member: Member }) {
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
    run("role", () => write("PATCH", address, { body: { role } }), "The role is changed.");
  }

  function setStatus(status: "enabled" | "disabled") {
    run("status", () => write("PATCH", address, { body: { status } }), `The account is ${status}.`);
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
        aria-label={`Manage ${member.email}`}
        onClick={() => setOpen(true)}
      >
        Manage
      </Button>
      {open && (
        <Dialog title={isRemoving ? "Remove this member?" : member.email} onClosed={onClosed}>
          {(close) => (
            <div className="space-y-5">
              {said && <Notice kind={said.kind}>{said.text}</Notice>}
              {isRemoving ? (
                <>
                  <p className="text-sm break-words text-muted">
                    The account of <strong className="text-ink">{member.email}</strong> will be deleted. What
                    they made stays.
                  </p>
                  <div className="flex justify-end gap-3">
                    <Button onClick={() => setRemoving(false)}>Keep</Button>
                    {action(
                      "remove",
                      "Remove",
                      () => run("remove", () => write("DELETE", address), null),
                      "danger",
                    )}
                  </div>
                </>
              ) : (
                <>
                  <form onSubmit={changeRole} className="flex flex-wrap items-end gap-3">
                    <div className="min-w-0 flex-1 basis-48">
                      <Select label="Role" name="role" key={member.role} defaultValue={member.role}>
                        {Object.entries(ROLE_WORDS).map(([role, words]) => (
                          <option key={role} value={role}>
                            {words}
                          </option>
                        ))}
                      </Select>
                    </div>
                    <Button type="submit" pending={pending === "role"} disabled={pending !== null}>
                      Change role
                    </Button>
                  </form>
                  <ul className="divide-y divide-line border-y border-line">
                    {member.status === "invited" && (
                      <Choice words="Mails a new temporary password; the one before is void.">
                        {action("resend", "Send invitation again", () =>
                          run("resend", () => write("POST", `${address}/resend`), "The invitation is sent."),
                        )}
                      </Choice>
                    )}
                    {(member.status === "active" || member.status === "reset_required") && (
                      <>
                        <Choice words="Signs them out and mails them a code, with which they choose a new password under “Forgot password?”.">
                          {action("password", "Reset password", () =>
                            run(
                              "password",
                              () => write("POST", `${address}/reset-password`),
                              "The password is void, and a code is mailed.",
                            ),
                          )}
                        </Choice>
                        <Choice words="Signs them out and asks for no code any more, for somebody who lost their phone.">
                          {action("factors", "Reset second step", () =>
                            run(
                              "factors",
                              () => write("POST", `${address}/reset-mfa`),
                              "The second step is turned off.",
                            ),
                          )}
                        </Choice>
                      </>
                    )}
                    {member.status === "disabled" ? (
                      <Choice words="Lets them sign in again.">
                        {action("status", "Enable", () => setStatus("enabled"))}
                      </Choice>
                    ) : (
                      <Choice words="Signs them out and keeps them out, until they are enabled again.">
                        {action("status", "Disable", () => setStatus("disabled"), "danger")}
                      </Choice>
                    )}
                    <Choice words="Deletes the account.">
                      {action("remove", "Remove…", () => setRemoving(true), "danger")}
                    </Choice>
                  </ul>
                  <div className="flex justify-end">
                    <Button onClick={close}>Close</Button>
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
