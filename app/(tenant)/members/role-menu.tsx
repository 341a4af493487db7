"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import type { Member } from "@/lib/members/contract";
import { GIVEN_ROLES } from "@/lib/roles";
import { useReady } from "../../ui/button";
import { useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { useWrite } from "../../use-write";
import { unsteered } from "../../words/unsteered";

type Given = (typeof GIVEN_ROLES)[number];
type Props = { member: Pick<Member, "id" | "name" | "email"> & { role: Given } };

/** Somebody's role, and on a press the others, each with what it may do: one more press gives it, and can be undone. */
export function RoleMenu({ member }: Props) {
  const t = useTranslations("members");
  const roles = useTranslations("roles");
  const does = useTranslations("memberRole");
  const write = useWrite();
  const router = useRouter();
  const toast = useToast();
  const isReady = useReady();
  const menu = useRef<HTMLDivElement>(null);
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [isPending, setPending] = useState(false);
  const who = unsteered(member.name ?? member.email);

  async function give(role: Given, before?: Given) {
    setPending(true);
    const written = await write("PATCH", `/api/members/${member.id}`, { body: { role } });
    setPending(false);
    toast(
      written.ok
        ? {
            message: t("roleGiven", { who, role: roles(role) }),
            ...(before && { action: { label: t("undo"), run: () => void give(before) } }),
          }
        : { message: written.message },
    );
    router.refresh();
  }

  function choose(role: Given) {
    menu.current?.hidePopover();
    if (role !== member.role && !isPending) void give(role, member.role);
  }

  const role = roles(member.role);
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        disabled={!isReady}
        aria-busy={isPending || undefined}
        aria-label={t("roleOf", { who, role })}
        className="group -my-3 inline-flex min-h-11 items-center"
      >
        <span className="inline-flex items-center gap-1 rounded-full border border-line py-0.5 pr-1.5 pl-2 text-xs font-medium text-muted transition-colors group-hover:border-control group-hover:text-ink group-aria-busy:opacity-60">
          {role}
          <ChevronDown aria-hidden="true" className="size-3" />
        </span>
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={t("roleOf", { who, role })}
        onBeforeToggle={({ newState }) => setOpen(newState === "open")}
        className="popover-below w-80 max-w-[calc(100vw-2rem)] rounded-xl border border-line bg-surface p-1.5 text-ink shadow-lg"
      >
        {isOpen &&
          GIVEN_ROLES.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === member.role}
              onClick={() => choose(each)}
              className="block min-h-11 w-full rounded-lg px-3 py-2 text-left text-sm text-muted hover:bg-raised hover:text-ink active:bg-line aria-pressed:font-medium aria-pressed:text-ink"
            >
              {does(each)}
            </button>
          ))}
      </div>
    </>
  );
}
