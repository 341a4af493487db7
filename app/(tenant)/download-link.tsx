"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { type MouseEvent, useState } from "react";
import { ask } from "../api-client";
import { LINK_BUTTON } from "../ui/link-button";
import { useToast } from "../ui/toast";
import { errorWords } from "../words/error-words";

type Props = {
  href: string;
  label: string;
  /** Whether a phone shows the label beside the icon, too. */
  hasLabel?: boolean;
  /** What to say once the file is there, where it may take long. */
  done?: string;
};

/**
 * A file to save. The page fetches it: a plain download could not say whose page this is, and would save an error as
 * the file.
 */
export function DownloadLink({ href, label, hasLabel = false, done }: Props) {
  const errors = useTranslations("errors");
  const toast = useToast();
  const [pending, setPending] = useState(false);

  async function save(event: MouseEvent) {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    const file = await ask(href, { read: readFile });
    setPending(false);
    if (!file.ok) return toast({ message: errorWords(errors, file) });
    saveAs(file.answer);
    if (done) toast({ message: done });
  }

  return (
    <a
      href={href}
      download
      title={label}
      aria-busy={pending}
      onClick={save}
      className={`${LINK_BUTTON} ${pending ? "opacity-60" : ""}`}
    >
      <Download className="size-4" />
      <span className={hasLabel ? "" : "max-sm:sr-only"}>{label}</span>
    </a>
  );
}

/** The file and its name (RFC 6266). */
async function readFile(response: Response): Promise<{ name: string; file: Blob }> {
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "";
  return { name, file: await response.blob() };
}

function saveAs({ name, file }: { name: string; file: Blob }): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Not at once: the browser may only begin to read it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
