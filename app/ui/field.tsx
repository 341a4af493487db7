import type { ComponentProps, ReactNode } from "react";

type Shared = {
  label: string;
  /** Also the id, where there is no other: one form is open at a time. */
  name: string;
  /** What was wrong with this field, in words. */
  error?: string | undefined;
  hint?: string | undefined;
};

type FieldProps = Shared &
  ComponentProps<"input"> & {
    /** Shown next to the label when it applies; "" reserves the space. */
    note?: string;
    /** Stands inside the field, at its end. */
    end?: ReactNode;
  };

const CONTROL =
  "w-full min-h-11 rounded-lg border bg-surface px-3 py-2.5 text-base text-ink placeholder:text-muted aria-invalid:border-danger border-control sm:text-sm";

/** A labelled input with its hint and its error beside it, announced together. */
export function Field({ label, error, hint, note, end, className = "", ...rest }: FieldProps) {
  const id = rest.id ?? rest.name;
  return (
    <Labelled {...{ label, id, error, hint, note }}>
      <div className="relative">
        <input
          dir="auto"
          {...rest}
          id={id}
          className={`${CONTROL} ${end ? "pr-11" : ""} ${className}`}
          {...described(id, error, hint)}
        />
        {end && <div className="absolute inset-y-0 right-0 flex items-center">{end}</div>}
      </div>
    </Labelled>
  );
}

/**
 * The same for several lines of text.
 *
 * @public for features
 */
export function TextArea({ label, error, hint, ...rest }: Shared & ComponentProps<"textarea">) {
  const id = rest.id ?? rest.name;
  return (
    <Labelled {...{ label, id, error, hint }}>
      <textarea dir="auto" rows={4} {...rest} id={id} className={CONTROL} {...described(id, error, hint)} />
    </Labelled>
  );
}

/** The same for one of a few choices. */
export function Select({ label, error, hint, children, ...rest }: Shared & ComponentProps<"select">) {
  const id = rest.id ?? rest.name;
  return (
    <Labelled {...{ label, id, error, hint }}>
      <select {...rest} id={id} className={CONTROL} {...described(id, error, hint)}>
        {children}
      </select>
    </Labelled>
  );
}

function Labelled({
  label,
  id,
  error,
  hint,
  note,
  children,
}: {
  label: string;
  id: string;
  error: string | undefined;
  hint: string | undefined;
  note?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className="space-y-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="min-w-0 text-sm font-medium wrap-anywhere">
          {label}
        </label>
        {note !== undefined && (
          <span role="status" className="text-xs text-warning">
            {note}
          </span>
        )}
      </div>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-sm text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

function described(id: string, error: string | undefined, hint: string | undefined) {
  const parts = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean);
  return {
    "aria-invalid": error ? true : undefined,
    "aria-describedby": parts.length > 0 ? parts.join(" ") : undefined,
  };
}
