const OWNER = "sekisho.passkey-owner";

/**
 * Whose passkey was made or used in this browser last, as passkeys say it (the user handle): Cognito asks for a passkey
 * of somebody, and a person who is known need not type who they are. It names nobody to who reads it.
 */
export function lastOwner(): string | null {
  try {
    return localStorage.getItem(OWNER);
  } catch {
    return null;
  }
}

/** Remembers it, where the browser keeps such things. */
export function rememberOwner(handle: string): void {
  try {
    localStorage.setItem(OWNER, handle);
  } catch {
    // Storage is switched off: they type their address the next time.
  }
}
