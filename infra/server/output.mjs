// @ts-check

/**
 * Keeps a line that cannot be written from becoming an uncaught exception: that would be logged, which fails as well,
 * and so on without an end. On a full disk a line is lost and the next one is tried. Where the reader is gone for good
 * (the program behind the pipe has ended), nobody would ever hear of an attack or a fault again.
 *
 * @param {() => void} unread called for each line that nobody can read any more
 */
export function watchOutput(unread) {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (/** @type {NodeJS.ErrnoException} */ { code }) => {
      if (code === "EPIPE") unread();
    });
  }
}
