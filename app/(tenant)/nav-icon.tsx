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
  ScrollText,
  Users,
} from "lucide-react";
import type { PageIcon } from "@/lib/page-icon";

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

/** Stands beside a page's name in the navigation; drawn on the server, so that no script carries it. */
export function NavIcon({ of }: { of: PageIcon }) {
  const Icon = ICONS[of];
  return <Icon aria-hidden="true" className="size-4 shrink-0 bar:size-5" />;
}
