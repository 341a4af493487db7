export { NothingForYou as default } from "./nothing-at-all";
