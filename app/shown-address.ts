/** An address that Next's router has not rendered. */
let ahead: string | null = null;

/**
 * Says in the address what is on the page already. The router asks for nothing, and takes the answer of its next refresh for
 * another page: it would scroll to the top of it.
 */
export function showAddress(address: string): void {
  window.history.replaceState(null, "", address);
  ahead = window.location.href;
}

/** Whether a refresh has to be a navigation to where one is; asked once, before it. */
export function takeAhead(): boolean {
  const isAhead = ahead === window.location.href;
  ahead = null;
  return isAhead;
}
