"use client";

import { signOut } from "next-auth/react";
import { useState } from "react";
import { Button } from "../ui/button";

export function SignOut() {
  const [pending, setPending] = useState(false);
  return (
    <Button
      look="quiet"
      pending={pending}
      onClick={() => {
        setPending(true);
        signOut({ callbackUrl: "/signin" }).catch(() => setPending(false));
      }}
    >
      Sign out
    </Button>
  );
}
