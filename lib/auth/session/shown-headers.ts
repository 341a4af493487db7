/** Whom a page shows what it shows: their `sub`. Apart, since pages send it: what they import, they carry. */
export const SHOWN_TO = "X-Shown-To";
/** Of which tenant it shows it. */
export const SHOWN_TENANT = "X-Shown-Tenant";
