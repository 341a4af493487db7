import type { Alert } from "@/lib/alerts/contract";
import type { Tone } from "../../ui/badge";

export const SEVERITY = {
  info: { tone: "neutral", edge: "bg-line" },
  warning: { tone: "warning", edge: "bg-warning" },
  critical: { tone: "danger", edge: "bg-danger" },
} as const satisfies Record<Alert["severity"], { tone: Tone; edge: string }>;
export const STATUS_TONE: Record<Alert["status"], Tone> = {
  open: "danger",
  acknowledged: "warning",
  resolved: "good",
};
