"use client";

import { Field, Select } from "../../ui/field";
import { write } from "../../write";
import { WriteDialog } from "../write-dialog";
import { ROLE_WORDS } from "./words";

export function InviteMember() {
  return (
    <WriteDialog
      opener={{ label: "Invite", look: "primary", describe: "Invite a member" }}
      title="Invite a member"
      submit={{ label: "Send invitation" }}
      send={(form) => write("POST", "/api/members", { body: Object.fromEntries(form) })}
    >
      {(faults) => (
        <>
          <Field
            label="E-mail address"
            name="email"
            type="email"
            inputMode="email"
            maxLength={128}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={faults.email}
            hint="A temporary password is mailed to it."
            autoFocus
          />
          <Select label="Role" name="role" defaultValue="member" error={faults.role}>
            {Object.entries(ROLE_WORDS).map(([role, words]) => (
              <option key={role} value={role}>
                {words}
              </option>
            ))}
          </Select>
        </>
      )}
    </WriteDialog>
  );
}
