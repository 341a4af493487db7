// Written for any Node at all: an old one must reach this line and be told so, not fail on newer syntax.
var required = [20, 19];
var actual = process.versions.node.split(".").map(Number);
if (actual[0] < required[0] || (actual[0] === required[0] && actual[1] < required[1])) {
  console.error(`Sekisho needs Node ${required.join(".")} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
