import type { Metadata } from "next";
import Link from "next/link";
import { CardPage } from "./ui/card-page";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <CardPage title="There is nothing here">
      <p className="text-sm text-muted">The address is mistyped, or what it led to is gone.</p>
      <Link href="/items" className="inline-flex min-h-11 items-center font-medium text-accent underline">
        To your items
      </Link>
    </CardPage>
  );
}
