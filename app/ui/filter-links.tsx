import { Link } from "./link";

type Props = { label: string; links: { href: string; label: string; isCurrent: boolean }[] };

/** Ways to narrow a list down. Addresses, so that they can be kept, shared and gone back to. */
export function FilterLinks({ label, links }: Props) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-1 text-sm">
      {links.map(({ href, label, isCurrent }) => (
        <Link
          key={href}
          href={href}
          aria-current={isCurrent ? "page" : undefined}
          className="inline-flex min-h-11 items-center rounded-lg px-3 text-muted hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
