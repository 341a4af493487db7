"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Passkey } from "@/lib/account/contract";
import { Field } from "../../ui/field";
import { Moment } from "../../ui/moment";
import { useWrite, type Written } from "../../use-write";
import { browserName } from "../browser-name";
import { WriteDialog } from "../write-dialog";
import { CurrentPasswordField } from "./current-password-field";

type Props = {
  passkeys: Passkey[];
  /** For the device, which is told when one is removed: the domain that they are for, and whose they are. */
  relyingParty: string;
  owner: string;
};

/** The person's passkeys, the oldest first, to be renamed and removed. */
export function Passkeys({ passkeys, relyingParty, owner }: Props) {
  const t = useTranslations("account");
  const browser = useTranslations("browser");
  const write = useWrite();

  async function rename(id: string, name: string): Promise<Written<string>> {
    const written = await write("PATCH", `/api/user/passkeys/${id}`, { body: { name } });
    return written.ok ? { ok: true, answer: name.trim() } : written;
  }

  async function remove(id: string, form: FormData) {
    const body = { password: String(form.get("password")) };
    const written = await write("DELETE", `/api/user/passkeys/${id}`, { body });
    if (written.ok) await tellDevice(id);
    return written;
  }

  async function tellDevice(id: string) {
    if (!("PublicKeyCredential" in window)) return;
    const { tellLeft } = await import("../../passkeys/webauthn");
    const left = passkeys.filter((each) => each.id !== id);
    await tellLeft(
      relyingParty,
      owner,
      left.map((each) => each.id),
    );
  }

  if (passkeys.length === 0) return <p className="text-sm text-muted">{t("noPasskeys")}</p>;
  return (
    <ul aria-label={t("passkeys")} className="-mt-2 divide-y divide-line">
      {passkeys.map((passkey) => {
        const { id, keeper, user_agent, address, created_at, used_at } = passkey;
        const name = passkey.name ?? (user_agent ? browserName(browser, user_agent) : keeper);
        const at = (iso: string) => ({ moment: () => <Moment iso={iso} /> });
        return (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <KeyRound aria-hidden="true" className="size-5 shrink-0 text-muted" />
            <div className="min-w-48 flex-1 text-sm">
              <p className="font-medium wrap-anywhere">
                <bdi>{name}</bdi>
              </p>
              <p className="text-xs text-muted tabular-nums">
                {address === "unknown" ? "" : `${address} · `}
                {t.rich("addedAt", at(created_at))} ·{" "}
                {used_at ? t.rich("usedAt", at(used_at)) : t("unusedYet")}
              </p>
            </div>
            <div className="-mr-4 flex max-sm:ml-4">
              <WriteDialog
                opener={{ label: t("rename"), look: "quiet", describe: t("renameNamed", { name }) }}
                title={t("renameTitle")}
                submit={{ label: t("rename") }}
                send={(form) => rename(id, String(form.get("name")))}
                done={(given) => t("passkeyRenamed", { name: given })}
              >
                {(faults) => (
                  <Field
                    label={t("passkeyName")}
                    name="name"
                    defaultValue={name}
                    maxLength={100}
                    error={faults.name}
                    autoFocus
                  />
                )}
              </WriteDialog>
              <WriteDialog
                opener={{ label: t("remove"), look: "quiet", describe: t("removeNamed", { name }) }}
                title={t("removeTitle")}
                submit={{ label: t("remove"), look: "danger" }}
                send={(form) => remove(id, form)}
                done={() => t("passkeyRemoved")}
              >
                {(faults) => (
                  <>
                    <p className="text-sm text-muted">{t("removeWords", { name })}</p>
                    <CurrentPasswordField error={faults.password} />
                  </>
                )}
              </WriteDialog>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
