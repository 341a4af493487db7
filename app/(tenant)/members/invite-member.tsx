"use client";

import { useTranslations } from "next-intl";
import { invitedShape } from "@/lib/members/answers";
import { readJson } from "../../api-client";
import { Field, Select } from "../../ui/field";
import { useWrite } from "../../use-write";
import { unsteered } from "../../words/unsteered";
import { EmailField } from "../email-field";
import { WriteDialog } from "../write-dialog";
import { RoleOptions } from "./role-options";

export function InviteMember() {
  const t = useTranslations("members");
  const write = useWrite();
  return (
    <WriteDialog
      opener={{ label: t("invite"), look: "primary", describe: t("inviteTitle") }}
      title={t("inviteTitle")}
      begins="invite"
      submit={{ label: t("inviteSend") }}
      send={(form) =>
        write("POST", "/api/members", { body: invitationOf(form), read: readJson(invitedShape) })
      }
      done={({ email }) => t("invited", { email: unsteered(email) })}
    >
      {(faults) => (
        <>
          <EmailField
            label={t("emailAddress")}
            name="email"
            error={faults.email}
            hint={t("inviteHint")}
            autoFocus
          />
          <Field label={t("inviteName")} name="name" error={faults.name} maxLength={100} autoComplete="off" />
          <Select label={t("role")} name="role" defaultValue="member" error={faults.role}>
            <RoleOptions />
          </Select>
        </>
      )}
    </WriteDialog>
  );
}

/** Nobody has to say the name of whom they invite. */
function invitationOf(form: FormData) {
  const { name, ...rest } = Object.fromEntries(form);
  return { ...rest, ...(String(name).trim() !== "" && { name }) };
}
