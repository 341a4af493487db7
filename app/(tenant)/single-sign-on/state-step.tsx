"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { SingleSignOn } from "@/lib/single-sign-on/contract";
import { Select } from "../../ui/field";
import { useWrite, type Write } from "../../use-write";
import { WriteDialog } from "../write-dialog";

/** Somebody whose password goes on when nobody else's does. */
type Administrator = { id: string; email: string };
type Props = { own: SingleSignOn; administrators: Administrator[]; sub: string };

/** Off, on, or the only way in; each change says what it does to whom before it is made. */
export function StateStep({ own, administrators, sub }: Props) {
  const t = useTranslations("singleSignOn");
  const write = useWrite({ conflict: t("emergencyConflict") });
  const { state, emergency_sub } = own;
  const emergency = administrators.find(({ id }) => id === emergency_sub)?.email;
  // Of whichever version: whether it is ready is judged as it is then.
  const to = (body: object): ReturnType<Write> => write("PATCH", "/api/single-sign-on", { body });
  const missing = missingOf(own);
  if (state === "off" && missing.length > 0) {
    return (
      <div className="text-muted">
        <p>{t("stillToDo")}</p>
        <ul className="mt-1 list-disc pl-5">
          {missing.map((each) => (
            <li key={each}>{t(each)}</li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <>
      <p className="text-muted">
        {t(state === "off" ? "offWords" : state === "on" ? "onWords" : "requiredWords")}
      </p>
      {state === "required" && emergency && (
        <p className="wrap-anywhere">
          {t.rich("emergencyIs", { who: () => <bdi className="font-medium">{emergency}</bdi> })}
        </p>
      )}
      {state === "on" && administrators.length === 0 && <p className="text-muted">{t("noEmergency")}</p>}
      <div className="flex flex-wrap gap-3">
        {state === "off" && (
          <Confirmed
            opener={{ label: t("turnOn"), look: "primary" }}
            title={t("turnOnTitle")}
            submit={{ label: t("turnOnNow") }}
            send={() => to({ state: "on" })}
            done={() => t("isOn")}
          >
            {t("turnOnSure")}
          </Confirmed>
        )}
        {state === "on" && administrators.length > 0 && (
          <WriteDialog
            opener={{ label: t("require"), look: "plain" }}
            title={t("requireTitle")}
            submit={{ label: t("requireNow"), look: "danger" }}
            send={(form) => to({ state: "required", emergency_sub: form.get("emergency_sub") })}
            done={() => t("isRequired")}
          >
            {(faults) => (
              <>
                <p className="text-sm text-muted">{t("requireSure")}</p>
                <Select
                  label={t("emergency")}
                  name="emergency_sub"
                  hint={t("emergencyHint")}
                  defaultValue={emergency_sub ?? sub}
                  error={faults.emergency_sub}
                >
                  {administrators.map(({ id, email }) => (
                    <option key={id} value={id}>
                      {email}
                    </option>
                  ))}
                </Select>
              </>
            )}
          </WriteDialog>
        )}
        {state === "required" && (
          <Confirmed
            opener={{ label: t("allow") }}
            title={t("allowTitle")}
            submit={{ label: t("allowNow") }}
            send={() => to({ state: "on" })}
            done={() => t("isOn")}
          >
            {t("allowSure")}
          </Confirmed>
        )}
        {state !== "off" && (
          <Confirmed
            opener={{ label: t("turnOff"), look: "danger" }}
            title={t("turnOffTitle")}
            submit={{ label: t("turnOffNow"), look: "danger" }}
            send={() => to({ state: "off" })}
            done={() => t("isOff")}
          >
            {t("turnOffSure")}
          </Confirmed>
        )}
      </div>
    </>
  );
}

type ConfirmedProps = Omit<Parameters<typeof WriteDialog>[0], "children"> & { children: ReactNode };

function Confirmed({ children, ...dialog }: ConfirmedProps) {
  return <WriteDialog {...dialog}>{() => <p className="text-sm text-muted">{children}</p>}</WriteDialog>;
}

function missingOf({ provider, is_settled, tested_at, domains }: SingleSignOn) {
  return [
    ...(provider && is_settled ? [] : ["needsProvider" as const]),
    ...(tested_at ? [] : ["needsTest" as const]),
    ...(domains.some(({ proved_at }) => proved_at !== null) ? [] : ["needsDomain" as const]),
  ];
}
