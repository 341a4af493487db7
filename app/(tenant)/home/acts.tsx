"use client";

import { useState } from "react";
import { useReady } from "../../ui/button";
import { type Toast, useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { useWrite } from "../../use-write";
import { leaveRow } from "../leave-row";

/** What can be done with a line, in words. */
export type ShownActs = {
  address: string;
  overtaken: string;
  each: (Said & { label: string; named: string; undo: (Said & { label: string }) | undefined })[];
};
type Said = { done: string; body: object };

/** Does it with one press, where the line stands; the line is gone then. */
export function Acts({ address, overtaken, each }: ShownActs) {
  const write = useWrite({ conflict: overtaken });
  const router = useRouter();
  const toast = useToast();
  const isReady = useReady();
  const [pending, setPending] = useState<string | null>(null);

  async function send({ done, body }: Said, action?: Toast["action"]): Promise<boolean> {
    const written = await write("PATCH", address, { body });
    toast(written.ok ? { message: done, ...(action && { action }) } : { message: written.message });
    router.refresh();
    return written.ok;
  }

  async function act({ label, undo, ...said }: ShownActs["each"][number], button: HTMLElement) {
    if (pending !== null) return;
    setPending(label);
    const isDone = await send(said, undo && { label: undo.label, run: () => void send(undo) });
    setPending(null);
    if (isDone) leaveRow(button.closest("li"), document.querySelector("h1"));
  }

  return (
    <div className="-mt-1 -mr-3 -mb-2.5 flex grow basis-full flex-wrap justify-end">
      {each.map((one) => (
        <button
          key={one.label}
          type="button"
          disabled={!isReady}
          aria-label={one.named}
          aria-busy={pending === one.label || undefined}
          aria-disabled={pending !== null || undefined}
          onClick={({ currentTarget }) => void act(one, currentTarget)}
          className="row-action px-3!"
        >
          {one.label}
        </button>
      ))}
    </div>
  );
}
