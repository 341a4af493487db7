import { Notice } from "./ui/notice";
import type { Unwritten } from "./use-write";

/** Why something was refused, where it is not about a field, which says so itself. */
export function RefusalNotice({ refusal }: { refusal: Unwritten | null }) {
  if (refusal === null || Object.keys(refusal.fields).length > 0) return null;
  return <Notice kind="error">{refusal.message}</Notice>;
}
