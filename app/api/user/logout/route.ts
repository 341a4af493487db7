import * as operations from "@/lib/account/operations";
import { logout, logoutAgain, type SignedOut } from "@/lib/account/sign-out";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { callerRoute } from "@/lib/http/route";

/** 202 (RFC 9110 section 15.3.3): it holds here, and somebody else has still to do their part. */
const answer = ({ isFinished }: SignedOut) =>
  isFinished ? json({ ok: true }) : json({ ok: true, finished: false }, { status: 202 });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  callerRoute(
    operations.logout,
    async ({ caller }) => answer(await logout(caller)),
    async (presented, refusal) => answer(await logoutAgain(presented, refusal)),
  ),
);
