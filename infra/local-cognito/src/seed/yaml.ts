// A file of its own, to be loaded only where it is used: most seeds are JSON.
export { parse } from "yaml";
