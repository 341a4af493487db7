import type { DemoUser } from "./demo-users";

/** With them a company looks lived in. Tests do without: what they count is the demo users. */
export const DEMO_COLLEAGUES: (DemoUser & { isDisabled?: true })[] = [
  { email: "yuki.tanaka@acme.example", name: "Yuki Tanaka", groups: ["admin"] },
  { email: "haruto.ito@acme.example", name: "Haruto Ito", groups: ["member"] },
  { email: "mei.kobayashi@acme.example", name: "Mei Kobayashi", groups: ["member"] },
  { email: "priya.nair@acme.example", name: "Priya Nair", groups: ["member"] },
  { email: "daniel.weber@acme.example", name: "Daniel Weber", groups: ["viewer"] },
  { email: "ren.nakamura@acme.example", name: "Ren Nakamura", groups: ["member"], isDisabled: true as const },
  { email: "sofia.rossi@acme.example", name: "Sofia Rossi", groups: ["member"], mustChoosePassword: true },
  { email: "takumi.abe@acme.example", name: "Takumi Abe", groups: ["viewer"], mustChoosePassword: true },
].map((colleague) => ({ ...colleague, tenant: "acme", note: "" }));
