/**
 * Whether a catalog has words for a key that came from elsewhere. What every object has by itself is no word. Asked
 * without `raw`, which throws in development: messages are compiled when the application is built.
 */
export function hasWords<Key extends string>(t: { has(key: Key): boolean }, key: Key): boolean {
  return !(key in Object.prototype) && t.has(key);
}
