import type { Metadata } from "next";
import Link from "next/link";

export const metadata: Metadata = { title: "Not for your role" };

export default function Forbidden() {
  return (
    <>
      <h1 className="text-2xl font-semibold">Your role does not allow this</h1>
      <p className="text-muted">
        This page is for the administrators of your tenant. If you need it, ask one of them to change your
        role.
      </p>
      <Link href="/items" className="inline-flex min-h-11 items-center font-medium text-accent underline">
        To your items
      </Link>
    </>
  );
}
