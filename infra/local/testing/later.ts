/** Lets the clock of the database's moments go on: they are of milliseconds. */
export async function makeLater(): Promise<void> {
  const now = Date.now();
  while (Date.now() === now) await Promise.resolve();
}
