import type { Environment } from "../../infra/local/application";

/** What a process is started with to have its clock so many seconds ahead. */
export function shiftedClock(seconds: number): Environment {
  const source = `
    const ahead = (RealDate) => RealDate.now() + ${seconds * 1_000};
    globalThis.Date = new Proxy(Date, {
      construct: (RealDate, given, target) =>
        Reflect.construct(RealDate, given.length > 0 ? given : [ahead(RealDate)], target),
      get: (RealDate, name) => (name === "now" ? () => ahead(RealDate) : Reflect.get(RealDate, name)),
    });`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(source)}` };
}
