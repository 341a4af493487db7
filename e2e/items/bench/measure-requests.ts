import type { Application } from "../../../infra/local/application";
import { cpuMs } from "../../../infra/local/bench/cpu";
import { Load, type Sent } from "./load";
import { printProfile } from "./profile";

/** What is asked of which application; `against` is the name of what it is compared with. */
export type Subject = Sent & { name: string; of: "bare" | "ours"; against?: string };
/**
 * `warm` requests of each come before what is measured: Node compiles what is used often, a small application sooner than
 * a large one, and one that has answered few compares badly with another.
 */
export type Rounds = { warm: number; rounds: number; requests: number; atOnce: number };

/** Asks for all in alternating rounds, and prints CPU time a request, requests a second, and ratios with their spread. */
export async function measureRequests(
  applications: Record<Subject["of"], Application>,
  subjects: readonly Subject[],
  { warm, rounds, requests, atOnce }: Rounds,
): Promise<void> {
  const loads = {
    ours: new Load(applications.ours.url, atOnce),
    bare: new Load(applications.bare.url, atOnce),
  };
  const measured = new Map(
    subjects.map(({ name }) => [name, { cpu: [] as number[], perSecond: [] as number[] }]),
  );
  for (const subject of subjects) await loads[subject.of].send(warm, subject);
  for (let round = 0; round < rounds; round++) {
    for (const subject of subjects) {
      const { pid } = applications[subject.of].process;
      const [cpu, began] = [cpuMs(pid), performance.now()];
      await loads[subject.of].send(requests, subject);
      measured.get(subject.name)?.cpu.push((cpuMs(pid) - cpu) / requests);
      measured.get(subject.name)?.perSecond.push((requests * 1000) / (performance.now() - began));
    }
  }
  console.log(
    `CPU of the server a request, ${rounds} alternating rounds of ${requests} after ${warm}, ${atOnce} at once\n`,
  );
  for (const { name, against } of subjects) {
    const { cpu = [], perSecond = [] } = measured.get(name) ?? {};
    const base = against === undefined ? undefined : measured.get(against)?.cpu;
    const ratios = base?.map((each, round) => (cpu[round] ?? 0) / each);
    console.log(
      `${name.padEnd(22)} ${middle(cpu).toFixed(2).padStart(6)} ms ${middle(perSecond).toFixed(0).padStart(6)}/s` +
        (ratios ? `  ${middle(ratios).toFixed(2)} × ${against} (${spread(ratios)})` : ""),
    );
  }
  if (process.argv.includes("--profile")) {
    for (const subject of subjects.filter(({ of }) => of === "ours")) {
      await printProfile(applications.ours, subject.name, () => loads.ours.send(requests * 3, subject));
    }
  }
  for (const load of Object.values(loads)) load.close();
}

function middle(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function spread(values: number[]): string {
  return `${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}`;
}
