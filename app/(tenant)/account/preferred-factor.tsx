"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { SecondFactor } from "@/lib/cognito/user-directory";
import { Select } from "../../ui/field";
import { Notice } from "../../ui/notice";
import { write } from "../../write";

/** Which of two second factors is asked for first. */
export function PreferredFactor({ preferred }: { preferred: SecondFactor | null }) {
  const router = useRouter();
  const [refusal, setRefusal] = useState<string | null>(null);

  async function prefer(factor: string) {
    const written = await write("PATCH", "/api/user/mfa-preference", { body: { preferred: factor } });
    setRefusal(written.ok ? null : written.message);
    router.refresh();
  }

  return (
    <div className="max-w-sm space-y-3">
      {refusal && <Notice kind="error">{refusal}</Notice>}
      <Select
        label="Ask first for"
        name="preferred"
        value={preferred ?? ""}
        onChange={(event) => prefer(event.currentTarget.value)}
      >
        {preferred === null && <option value="">either</option>}
        <option value="SOFTWARE_TOKEN_MFA">the authenticator app</option>
        <option value="SMS_MFA">a text message</option>
      </Select>
    </div>
  );
}
