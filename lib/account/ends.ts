import type { TableEnd } from "../db/table-end";
import { accountNotices, passkeys } from "./tables";

export const ends: readonly TableEnd[] = [
  { table: accountNotices, by: "time", when: "after 90 days; the account page shows 30" },
  {
    table: passkeys,
    by: "time",
    when: "with its passkey, or 400 days after that was last used; the passkey itself is Cognito's, and stays",
  },
];
