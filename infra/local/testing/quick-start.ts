/**
 * For Node: of PGlite only what is used is compiled, and simply. A process that soon ends gains nothing from its optimised
 * code, which takes longer.
 */
export const QUICK_START = ["--liftoff-only", "--wasm-lazy-compilation"];
