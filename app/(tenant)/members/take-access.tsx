"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../../ui/button";

type Props = {
  isDisabled: boolean;
  /** It is being carried out. */
  pending: boolean;
  /** Something else is. */
  disabled: boolean;
  onSet: (status: "enabled" | "disabled") => void;
};

/** Keeps a member out, once it is asked whether that is meant, or lets them in again. */
export function TakeAccess({ isDisabled, pending, disabled, onSet }: Props) {
  const t = useTranslations("members");
  /** Null: nothing was asked yet, and the focus is somewhere else. */
  const [asking, setAsking] = useState<boolean | null>(null);
  if (isDisabled) {
    return (
      <Button
        key="enable"
        autoFocus={asking !== null}
        {...{ pending, disabled }}
        onClick={() => onSet("enabled")}
      >
        {t("enable")}
      </Button>
    );
  }
  if (!asking) {
    return (
      <Button
        key="disable"
        look="danger"
        autoFocus={asking === false}
        disabled={disabled}
        onClick={() => setAsking(true)}
      >
        {t("disable")}
      </Button>
    );
  }
  return (
    <>
      <Button key="keep" autoFocus disabled={pending || disabled} onClick={() => setAsking(false)}>
        {t("keepIn")}
      </Button>
      <Button key="sure" look="danger" {...{ pending, disabled }} onClick={() => onSet("disabled")}>
        {t("disableNow")}
      </Button>
    </>
  );
}
