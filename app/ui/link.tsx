"use client";

import NextLink from "next/link";
import { type ComponentProps, useState } from "react";
import { noteLeaving } from "../leaving";
import { useGoal } from "../use-goal";

/**
 * A link within the application. What lies behind it is fetched ahead once somebody points at it, touches it or comes
 * to it by key. Next's own does so for every link in sight: ten to twenty requests for one page view, each of which
 * looks the session up.
 */
export function Link({ onPointerEnter, onFocus, ...props }: ComponentProps<typeof NextLink>) {
  const [isLikely, setLikely] = useState(false);
  const goLater = useGoal();
  return (
    <NextLink
      {...props}
      prefetch={isLikely ? null : false}
      onNavigate={(event) => {
        const href = String(props.href);
        if (goLater(href, props.scroll)) event.preventDefault();
        else noteLeaving(href);
      }}
      onPointerEnter={(event) => {
        setLikely(true);
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        setLikely(true);
        onFocus?.(event);
      }}
    />
  );
}
