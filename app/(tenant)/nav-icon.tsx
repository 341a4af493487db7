import {
  Bell,
  Box,
  Building2,
  CalendarDays,
  ChartColumn,
  CircleUser,
  Folder,
  House,
  KeyRound,
  List,
  type LucideIcon,
  Plus,
  ScrollText,
  Users,
} from "lucide-react";
import type { PageIcon } from "@/lib/page-icon";
import { Drawing, Drawings } from "../ui/drawings";

const ICONS: Record<PageIcon, LucideIcon> = {
  home: House,
  box: Box,
  bell: Bell,
  people: Users,
  record: ScrollText,
  person: CircleUser,
  key: KeyRound,
  building: Building2,
  folder: Folder,
  list: List,
  chart: ChartColumn,
  calendar: CalendarDays,
};

/** Once on a page: what `NavIcon` and `BeginIcon` show, wherever they stand. */
export function NavDrawings({ of }: { of: PageIcon[] }) {
  return <Drawings of={{ begin: Plus, ...Object.fromEntries(of.map((icon) => [icon, ICONS[icon]])) }} />;
}

/** Stands beside a page's name in the navigation. */
export function NavIcon({ of }: { of: PageIcon }) {
  return <Drawing of={of} className="size-4 shrink-0 bar:size-5" />;
}

/** Stands beside what one may begin. */
export function BeginIcon() {
  return <Drawing of="begin" className="size-4 shrink-0 bar:size-5" />;
}
