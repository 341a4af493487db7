import type { ReactNode } from "react";

type Props = {
  isAll: boolean;
  isSome: boolean;
  onTick: (all: boolean) => void;
  /** Where no words stand beside it. */
  label?: string;
  className?: string;
  children?: ReactNode;
};

/** Ticks all rows of a list, or none; between the two it shows that some are. */
export function TickAll({ isAll, isSome, onTick, label, className = "", children }: Props) {
  return (
    <label className={`flex min-h-11 items-center ${className}`}>
      <span className="flex size-11 shrink-0 items-center justify-center">
        <input
          type="checkbox"
          checked={isAll}
          ref={(box) => {
            if (box) box.indeterminate = !isAll && isSome;
          }}
          aria-label={label}
          onChange={() => onTick(!isAll)}
          className="size-4 accent-accent"
        />
      </span>
      {children}
    </label>
  );
}
