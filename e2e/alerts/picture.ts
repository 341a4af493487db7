import type { Picture } from "../../infra/local/picture";

export const picture: Picture = {
  path: "/api/alerts",
  rows: [
    { title: "Bridge closed at Usui", detail: "High water since the morning", severity: "critical" },
    { title: "Pass presented twice", detail: "Tanaka party, north and east gate", severity: "warning" },
    { title: "Lamp oil is low", detail: "Below two barrels", severity: "warning" },
    { title: "Guard changed", detail: "Night watch has taken over", severity: "info" },
  ],
  colorScheme: "dark",
  stands: (page) => page.getByText(/^Live/).waitFor(),
};
