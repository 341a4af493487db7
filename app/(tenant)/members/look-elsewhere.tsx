"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { DirectoryReading } from "@/lib/members/contract";
import { Button } from "../../ui/button";
import { Notice } from "../../ui/notice";
import { type Written, write } from "../../write";

/** Has the user pool gone through for members that were not invited here. */
export function LookElsewhere() {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [written, setWritten] = useState<Written | null>(null);

  async function look() {
    setPending(true);
    setWritten(await write("POST", "/api/members/sync"));
    setPending(false);
    router.refresh();
  }

  return (
    <div className="space-y-3">
      <p className="text-sm text-muted">
        Somebody is missing? Accounts that were not invited here are listed once they sign in, or when you
        look for them.
      </p>
      <Button pending={pending} onClick={look}>
        Look for members created elsewhere
      </Button>
      {written && (
        <Notice kind={written.ok ? "info" : "error"}>
          {written.ok ? wordsFor(written.answer as DirectoryReading) : written.message}
        </Notice>
      )}
    </div>
  );
}

function wordsFor({ found, removed, complete }: DirectoryReading): string {
  const seen = `${found} ${found === 1 ? "member" : "members"} found`;
  const gone = removed === 0 ? "" : `, ${removed} no longer there`;
  const rest = complete ? "" : " The user pool is large and was not read to its end: some may be missing.";
  return `${seen}${gone}.${rest}`;
}
