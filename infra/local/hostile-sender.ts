import { connect } from "node:net";
import { HOSTILE } from "./hostile-requests";

/**
 * A process of its own, so that its work is not measured as the server's: `index port connections`, until killed.
 * Tells its parent once that every connection is there.
 */
const [index = 0, port = 0, connections = 0] = process.argv.slice(2).map(Number);
const hostile = HOSTILE[index];
if (!hostile) throw new Error(`There is no hostile request ${index}.`);
const { once, endless } = hostile;

let underWay = 0;
for (let i = 0; i < connections; i++) send(true);

function send(isFirst = false): void {
  const socket = connect(port, "127.0.0.1");
  // An answer is enough: the next request comes over a new connection, which costs the server more.
  let isAnswered = false;
  const more = () => {
    if (endless === undefined || socket.destroyed || !socket.writable) return;
    if (socket.write(endless)) setImmediate(more);
    else socket.once("drain", more);
  };
  if (isFirst) socket.once("connect", begun);
  socket.on("data", () => {
    // Whoever means harm goes on with an endless body until the server closes.
    if (endless !== undefined || isAnswered) return;
    isAnswered = true;
    socket.destroy();
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => send());
  socket.write(once);
  more();
}

function begun(): void {
  underWay++;
  if (underWay === connections) process.send?.("sending");
}
