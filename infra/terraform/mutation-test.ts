import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyTerraform, unprotect, withoutTerraform } from "../local/testing/terraform-folder";
import { breakLine, readBrokenLines } from "./broken-lines";
import { buildLambdas } from "./build-lambdas";

/** Breaks the module's lines one at a time. An argument is a word of the assertions to try; without, all of them. */
const [word = ""] = process.argv.slice(2);
if (withoutTerraform("the mutations")) process.exit(0);

const folder = copyTerraform();
const path = (name: string) => join(folder.module, name);
const suites = ["safe_defaults", "variables"].map((name) => `tests/${name}.tftest.hcl`);
let [passed, failed] = [0, 0];
try {
  await buildLambdas(path("build"));
  await folder.terraform("init");
  unprotect(folder);
  for (const each of readBrokenLines().filter(({ notices }) => notices.includes(word))) {
    const sound = readFileSync(path(each.file), "utf8");
    writeFileSync(path(each.file), breakLine(sound, each));
    const suite = suites.find((name) => readFileSync(path(name), "utf8").includes(each.notices));
    const { stdout } = await folder.terraform("test", "-json", `-filter=${suite}`);
    writeFileSync(path(each.file), sound);
    const isNoticed = diagnostics(stdout).includes(each.notices);
    if (isNoticed) passed += 1;
    else failed += 1;
    console.log(
      `${isNoticed ? "noticed" : "NOT NOTICED"}: ${each.file} ${each.block}: ${each.broken || "(nothing)"}`,
    );
    if (!isNoticed) console.log(diagnostics(stdout).join("\n"));
  }
} finally {
  folder.remove();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** What `terraform test -json` found wrong, in the assertions' own words. */
function diagnostics(output: string): string[] {
  return output.split("\n").flatMap((line) => {
    if (!line.startsWith("{")) return [];
    const { diagnostic } = JSON.parse(line);
    return diagnostic ? [diagnostic.detail || diagnostic.summary] : [];
  });
}
