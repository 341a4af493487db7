import { type ReactNode, ViewTransition } from "react";

/** The page that one leaves fades into the one that comes, where the browser can; the frame stays. */
export default function Template({ children }: { children: ReactNode }) {
  return (
    <ViewTransition default="none" enter="page" exit="page">
      {children}
    </ViewTransition>
  );
}
