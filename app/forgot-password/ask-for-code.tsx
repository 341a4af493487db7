"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef } from "react";
import { typedAddress } from "@/lib/typed";
import { AddressField } from "../address-field";
import { carriedAddress, carryAddress, useFilledAddress } from "../carried-address";
import { RefusalNotice } from "../refusal-notice";
import { Button } from "../ui/button";
import { Link } from "../ui/link";
import { useRouter } from "../use-router";
import { ADDRESS_OF } from "./steps";
import { useSending } from "./use-sending";

/** The first step: has a code mailed. Whether there is such an account is never told. */
export function AskForCode() {
  const t = useTranslations("forgotPassword");
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const { send, sending, refusal } = useSending();
  useFilledAddress(form, carriedAddress);

  async function askForCode(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const email = typedAddress(String(new FormData(event.currentTarget).get("email")));
    carryAddress(email);
    const isSent = await send(event.currentTarget, "/api/user/forgot-password", { email });
    if (isSent) router.push(ADDRESS_OF.sent);
  }

  return (
    <form ref={form} method="post" onSubmit={askForCode} noValidate className="space-y-5">
      <RefusalNotice refusal={refusal} />
      <AddressField error={refusal?.fields.email} hint={t("hint")} />
      <Button type="submit" look="primary" pending={sending !== null} className="w-full">
        {t("send")}
      </Button>
      <p className="text-sm">
        <Link href={ADDRESS_OF.code} className="text-muted underline hover:text-ink">
          {t("haveCode")}
        </Link>
      </p>
    </form>
  );
}
