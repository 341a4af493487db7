// @ts-check

/**
 * Knows which connections of a server have nothing to do. Node's `closeIdleConnections` also closes those whose answer is
 * written and not yet taken by a slow reader, who would have the first part of a page.
 *
 * @param {import("node:http").Server} server
 * @returns {() => void} closes those that have had an answer and wait for another request
 */
export function idleConnections(server) {
  /** @type {Map<import("node:net").Socket, { underWay: number, readBytes: number }>} */
  const connections = new Map();
  server.on("request", ({ socket }, response) => {
    const known = connections.get(socket);
    const connection = known ?? { underWay: 0, readBytes: 0 };
    if (!known) {
      connections.set(socket, connection);
      socket.once("close", () => connections.delete(socket));
    }
    connection.underWay++;
    response.once("close", () => {
      connection.underWay--;
      connection.readBytes = socket.bytesRead;
    });
  });
  return () => {
    for (const [socket, { underWay, readBytes }] of connections) {
      // What was read since is the beginning of another request.
      if (underWay === 0 && socket.bytesRead === readBytes) socket.destroy();
    }
  };
}
