"use client";

import { type ChangeEvent, type ReactNode, useEffect, useRef, useTransition } from "react";
import { Link } from "../ui/link";
import { useRouter } from "../use-router";
import { listAddress } from "./list-address";

/** After the last key; a date is typed in parts, too. */
const PAUSE_MS = 300;

/** Said beforehand: columns that counted the fields would move those that stand while the page is still coming. */
const COLUMNS = {
  2: "md:grid-cols-[3fr_1fr]",
  4: "md:grid-cols-4",
  6: "sm:grid-cols-3 lg:grid-cols-6",
};

type Props = {
  path: string;
  fields: keyof typeof COLUMNS;
  label: string;
  filters: Record<string, string | undefined>;
  found: string;
  clear: string;
  children: ReactNode;
};

/**
 * The fields of a FilterForm. Each change is a step that Back undoes; typing on in the same field, the steps
 * replace each other.
 */
export function FilterFields({ path, fields, label, filters, found, clear, children }: Props) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [isPending, startLoading] = useTransition();
  const address = listAddress(path, filters);
  const asked = useRef(address);
  /** In which field, from which address, and whether what was typed has left it: the router does so later. */
  const typedIn = useRef<{ field: string; from: string; hasLeft: boolean } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  function apply(field: string | null) {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (!form.current) return;
    const filled = [...new FormData(form.current)].map(([name, value]) => [name, String(value).trim()]);
    const to = listAddress(path, Object.fromEntries(filled));
    if (to === asked.current) return;
    const here = window.location.href;
    const before = typedIn.current?.field === field ? typedIn.current : null;
    // A step that the router has not taken yet goes with the one that overtakes it: that one is pushed instead.
    const goesOn = before !== null && (before.hasLeft || before.from !== here);
    typedIn.current = field === null ? null : { field, from: before?.from ?? here, hasLeft: goesOn };
    asked.current = to;
    startLoading(() => router[goesOn ? "replace" : "push"](to, { scroll: false }));
  }

  function onChange({ target }: ChangeEvent<HTMLFormElement>) {
    clearTimeout(timer.current);
    if (target instanceof HTMLSelectElement) apply(null);
    else timer.current = setTimeout(apply, PAUSE_MS, target.name);
  }

  // What was chosen before the script ran has not been applied yet.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only once, at the beginning.
  useEffect(() => {
    if (fieldsOf(form.current).some(wasChanged)) apply(null);
    return () => clearTimeout(timer.current);
  }, []);

  // Something else changed the address, such as Back. The fields follow, except while somebody is typing.
  useEffect(() => {
    if (isPending || timer.current !== undefined || address === asked.current) return;
    asked.current = address;
    typedIn.current = null;
    for (const field of fieldsOf(form.current)) {
      const value = filters[field.name] ?? "";
      field.value = field.type === "date" ? value.slice(0, "yyyy-mm-dd".length) : value;
    }
  }, [address, filters, isPending]);

  return (
    <div className="mb-1 space-y-2">
      <search aria-label={label}>
        <form
          ref={form}
          action={path}
          // So that a reload brings back what the address says, and not what stood in the fields.
          autoComplete="off"
          onChange={onChange}
          onSubmit={(event) => {
            event.preventDefault();
            apply(null);
          }}
          onKeyDown={(event) => {
            // Without a button to submit with, several fields of text would not be submitted.
            if (event.key === "Enter" && !event.nativeEvent.isComposing) apply(null);
          }}
          className={`grid grid-cols-2 items-end gap-3 ${COLUMNS[fields]}`}
        >
          {children}
        </form>
      </search>
      <div className="flex min-h-11 items-center justify-between gap-4 text-sm text-muted">
        <p role="status" aria-busy={isPending} className={isPending ? "opacity-60" : ""}>
          {found}
        </p>
        {address !== path && (
          <Link
            href={path}
            scroll={false}
            onClick={() => {
              clearTimeout(timer.current);
              timer.current = undefined;
              // The link itself is gone a moment later.
              fieldsOf(form.current)[0]?.focus();
            }}
            className="-mr-3 inline-flex min-h-11 items-center rounded-lg px-3 underline decoration-line underline-offset-4 hover:text-ink hover:decoration-current"
          >
            {clear}
          </Link>
        )}
      </div>
    </div>
  );
}

type Filter = HTMLInputElement | HTMLSelectElement;

function fieldsOf(form: HTMLFormElement | null): Filter[] {
  return [...(form?.elements ?? [])].filter(
    (each): each is Filter => each instanceof HTMLInputElement || each instanceof HTMLSelectElement,
  );
}

/** Whether it stands at something else than the server sent. */
function wasChanged(field: Filter): boolean {
  if (field instanceof HTMLInputElement) return field.value !== field.defaultValue;
  const sent = [...field.options].find(({ defaultSelected }) => defaultSelected) ?? field.options[0];
  return field.value !== sent?.value;
}
