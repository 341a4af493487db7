import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyTerraform, unprotect, withoutTerraform } from "../local/testing/terraform-folder";
import { startProvider } from "../local/testing/terraform-provider";
import { type BrokenLine, breakLine, type Module, readBrokenLines, SUITES } from "./broken-lines";
import { buildLambdas } from "./build-lambdas";

/** Breaks the modules' lines one at a time. An argument is a module, or a word of the assertions to try; without, all of them. */
const [argument = ""] = process.argv.slice(2);
const all = Object.keys(SUITES) as Module[];
const chosen = all.filter((module) => module === argument);
const [modules, word] = chosen.length > 0 ? [chosen, ""] : [all, argument];
if (withoutTerraform("the mutations")) process.exit(0);

const provider = await startProvider();
const folder = copyTerraform(provider.environment);
let [passed, failed] = [0, 0];
try {
  await buildLambdas(join(folder.module, "build"));
  unprotect(folder);
  for (const module of modules) {
    const lines = readBrokenLines(module).filter(({ notices }) => notices.includes(word));
    if (lines.length > 0) await folder.terraform(`-chdir=${join(folder.module, module)}`, "init");
    for (const each of lines) await tryLine(module, each);
  }
} finally {
  folder.remove();
  await provider.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

async function tryLine(module: Module, line: BrokenLine): Promise<void> {
  const path = (name: string) => join(folder.module, module, name);
  const sound = readFileSync(path(line.file), "utf8");
  writeFileSync(path(line.file), breakLine(sound, line));
  const suites = SUITES[module].map((name) => `tests/${name}.tftest.hcl`);
  const suite = suites.find((name) => readFileSync(path(name), "utf8").includes(line.notices)) ?? "";
  const whole = readFileSync(path(suite), "utf8");
  writeFileSync(path(suite), runOf(whole, line.notices));
  const { stdout } = await folder.terraform(`-chdir=${path("")}`, "test", "-json", `-filter=${suite}`);
  writeFileSync(path(suite), whole);
  writeFileSync(path(line.file), sound);
  const isNoticed = diagnostics(stdout).includes(line.notices);
  if (isNoticed) passed += 1;
  else failed += 1;
  console.log(
    `${isNoticed ? "noticed" : "NOT NOTICED"}: ${line.file} ${line.block}: ${line.broken || "(nothing)"}`,
  );
  if (!isNoticed) console.log(diagnostics(stdout).join("\n"));
}

/** A suite without the runs that the assertion is not of: most of the time. */
function runOf(suite: string, assertion: string): string {
  const [head = "", ...runs] = suite.split(/^(?=run ")/m);
  return head + runs.filter((run) => run.includes(`"${assertion}"`)).join("");
}

/** What `terraform test -json` found wrong, in the assertions' own words. */
function diagnostics(output: string): string[] {
  return output.split("\n").flatMap((line) => {
    if (!line.startsWith("{")) return [];
    const { diagnostic } = JSON.parse(line);
    return diagnostic ? [diagnostic.detail || diagnostic.summary] : [];
  });
}
