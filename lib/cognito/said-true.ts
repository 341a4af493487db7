/** Whether Cognito says yes: `true` in a token of its own, a string in attributes, and "True" where a console wrote it. */
export function isSaidTrue(value: unknown): boolean {
  return value === true || (typeof value === "string" && value.toLowerCase() === "true");
}
