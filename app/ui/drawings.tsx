import type { LucideIcon } from "lucide-react";

/** Icons that are drawn once, for many rows to show by name: each would be a component of its own in every row. */
export function Drawings({ of }: { of: Record<string, LucideIcon> }) {
  return (
    <svg aria-hidden="true" className="hidden">
      {Object.entries(of).map(([name, Icon]) => (
        <symbol key={name} id={`drawn-${name}`} viewBox="0 0 24 24">
          <Icon />
        </symbol>
      ))}
    </svg>
  );
}

/** One of the icons that `Drawings` has. */
export function Drawing({ of, className }: { of: string; className: string }) {
  return (
    <svg aria-hidden="true" className={className}>
      <use href={`#drawn-${of}`} />
    </svg>
  );
}
