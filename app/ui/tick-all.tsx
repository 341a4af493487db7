import type { ReactNode, RefObject } from "react";

type Props = {
  isAll: boolean;
  isSome: boolean;
  onTick: (all: boolean) => void;
  /** Where no words stand beside it. */
  label?: string;
  className?: string;
  /** The box, for whoever gives it the focus. */
  ref: RefObject<HTMLInputElement | null>;
  children?: ReactNode;
};

/** Ticks all rows of a list, or none; between the two it shows that some are. */
export function TickAll({ isAll, isSome, onTick, label, className = "", ref, children }: Props) {
  return (
    <label className={`flex min-h-11 items-center ${className}`}>
      <span className="flex size-11 shrink-0 items-center justify-center">
        <input
          type="checkbox"
          checked={isAll}
          ref={(box) => {
            ref.current = box;
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
