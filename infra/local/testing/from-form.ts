/** How a session began that a test makes: in our own form, from a browser of this name. */
export const FROM_FORM = {
  client: "server",
  userAgent: "Test browser",
  address: "unknown",
  tenant: null,
} as const;
