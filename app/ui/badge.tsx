import type { ReactNode } from "react";

const TONES = {
  neutral: "text-muted border-line",
  good: "text-good border-good/40",
  warning: "text-warning border-warning/40",
  danger: "text-danger border-danger/40",
};
export type Tone = keyof typeof TONES;

export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-block max-w-full truncate rounded-full border px-2 py-0.5 text-xs font-medium ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}
