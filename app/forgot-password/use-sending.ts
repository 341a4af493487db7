"use client";

import { useState } from "react";
import { focusFault } from "../focus-fault";
import { type Unwritten, useWrite } from "../use-write";

/**
 * Sends what a form says, one thing at a time.
 *
 * @returns `sending`: to which path just now; `refusal`: why the last one was refused.
 */
export function useSending() {
  const write = useWrite();
  const [sending, setSending] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Unwritten | null>(null);

  /** @returns whether it is done; false also while something else is being sent. */
  async function send(form: HTMLFormElement, path: string, body: Record<string, string>): Promise<boolean> {
    if (sending !== null) return false;
    setSending(path);
    const written = await write("POST", path, { body });
    setSending(null);
    setRefusal(written.ok ? null : written);
    if (!written.ok) focusFault(form, written.fields);
    return written.ok;
  }

  return { send, sending, refusal };
}
