import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { homeWith, standIn } from "../local/testing/program-folder";
import { copyTerraform, run, type TerraformFolder } from "../local/testing/terraform-folder";

const [OLD, NEW] = ["a", "b"].map((each) => `sha256:${each.repeat(64)}`);
const REPOSITORY = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/gate";
const BUCKET = "gate-state-111122223333-eu-central-1";
const PLAN = {
  planned_values: { root_module: { child_modules: [{ resources: [{ type: "aws_lb", values: {} }] }] } },
  variables: {
    architecture: { value: "X86_64" },
    task_cpu: { value: 512 },
    task_memory: { value: 1024 },
    minimum_tasks: { value: 2 },
    nat: { value: "one" },
  },
};

/** Stands for AWS, Terraform and Docker: notes what it is asked, and keeps what it was told in files of `home`. */
const STAND_INS = {
  aws: `case "$*" in
  "sts get-caller-identity"*) echo 111122223333 ;;
  "s3api head-bucket"*) [ -e "$HOME/bucket" ] || exit 254 ;;
  "s3api create-bucket"*) : >"$HOME/bucket" ;;
  "ecr describe-repositories"*) [ -e "$HOME/repository" ] || exit 254 ;;
  "ecr create-repository"*) : >"$HOME/repository" ;;
  "ecr describe-images"*imageTag=old*) echo ${OLD} ;;
  "ecr describe-images"*) if [ -e "$HOME/pushed" ]; then echo ${NEW}; else exit 254; fi ;;
  "ecs run-task"*) echo arn:task ;;
  "ecs describe-tasks"*exitCode*) echo "\${MIGRATION_ENDS:-0}" ;;
  "ecs describe-services"*) echo "\${RUNS:-arn:new}" ;;
esac`,
  terraform: `shift
case "$*" in
  "output -raw image") cat "$HOME/image" 2>/dev/null ;;
  "output -raw url") echo https://gate.example.com ;;
  "output -raw user_pool_id") echo eu-central-1_Pool ;;
  "output -raw deletion_protection") printf %s "\${PROTECTED:-true}" ;;
  "output -json migration") echo '{"cluster":"gate","task_definition":"arn:migration","network":"{}","log_group":"/gate"}' ;;
  "output -json service") echo '{"cluster":"gate","service":"gate","task_definition":"arn:new"}' ;;
  "show -json"*) cat "$HOME/plan.json" ;;
esac`,
  docker: `case "$1" in push) : >"$HOME/pushed" ;; esac`,
  git: `case "$1" in rev-parse) echo 0123456789ab ;; esac`,
  npm: "",
};

let folder: TerraformFolder;
beforeAll(() => {
  folder = copyTerraform();
});
afterAll(() => folder.remove());

let home: string;
let settings: string;
beforeEach(() => {
  const programs = ["bash", "dirname", "cat", "env", "rm", "sed", "realpath", "mktemp", "date"];
  home = homeWith("deploy-", programs);
  for (const [name, answers] of Object.entries(STAND_INS)) {
    standIn(home, name, `echo "${name} $*" >>"$HOME/asked"\n${answers}`);
  }
  settings = join(home, "gate.tfvars");
  writeFileSync(settings, 'project_name = "gate"\naws_region   = "eu-central-1"\n');
  writeFileSync(join(home, "plan.json"), JSON.stringify(PLAN));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const deploy = (args: string[], variables: Record<string, string> = {}) =>
  run(join(folder.root, "infra/bin/deploy"), ["--settings", settings, ...args], {
    cwd: home,
    env: {
      PATH: join(home, "bin"),
      HOME: home,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      ...variables,
    },
  });
const asked = () => readFileSync(join(home, "asked"), "utf8").trim().split("\n");
/** What was asked that changes something, in short. */
const changes = () =>
  asked()
    .filter((line) => /create-|put-|delete-|push|run-task|services-stable| (apply|destroy) /.test(line))
    .map((line) => line.replace(/^aws |-chdir=\S+ |-input=false -auto-approve -var-file=\S+ /g, ""));
const images = (running: string, migrating: string) =>
  `-var image=${running} -var migration_image=${migrating}`;

describe("infra/bin/deploy", () => {
  it("makes state, images, what it runs on, migrates, and only then runs the application", async () => {
    const { code, stdout, stderr } = await deploy(["--yes"]);
    expect([code, stderr]).toEqual([0, ""]);
    const image = `${REPOSITORY}@${NEW}`;
    expect(changes().map((line) => line.replace(/ (--|LocationConstraint|Block).*/, ""))).toEqual([
      "s3api create-bucket",
      "s3api put-bucket-versioning",
      "s3api put-public-access-block",
      "s3api put-bucket-policy",
      "ecr create-repository",
      "ecr put-lifecycle-policy",
      `docker push ${REPOSITORY}:0123456789ab`,
      `terraform apply ${images("", image)}`,
      "ecs run-task",
      `terraform apply ${images(image, image)}`,
      "ecs wait services-stable",
    ]);
    expect(stdout).toContain("The application runs: https://gate.example.com");
    expect(stdout).toContain("COGNITO_USER_POOL_ID=eu-central-1_Pool");
    expect(readFileSync(join(folder.module, "application/backend.tf"), "utf8")).toContain(`"${BUCKET}"`);
  });

  it("says what it would cost, and makes nothing when that is all it is asked for", async () => {
    const { code, stdout } = await deploy(["--plan-only"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/About \d+ USD a month[\s\S]* load balancer +16\n/);
    expect(changes()).toEqual([]);
  });

  it("makes nothing when there is nobody to ask", async () => {
    const { code, stderr } = await deploy([]);
    expect([code, stderr]).toEqual([1, "There is nobody to ask. With -y it goes ahead without asking.\n"]);
    expect(() => asked()).toThrow("ENOENT");
  });

  it("lets the last image run until the next one's migration is done", async () => {
    for (const file of ["bucket", "repository"]) writeFileSync(join(home, file), "");
    writeFileSync(join(home, "image"), `${REPOSITORY}@${NEW}`);
    expect((await deploy(["--yes", "--image", "old"])).code).toBe(0);
    const old = `${REPOSITORY}@${OLD}`;
    expect(changes().filter((line) => !line.startsWith("ecs"))).toEqual([
      `terraform apply ${images(`${REPOSITORY}@${NEW}`, old)}`,
      `terraform apply ${images(old, old)}`,
    ]);
  });

  it("leaves what runs as it is when the migration fails, and builds no image that was pushed before", async () => {
    for (const file of ["repository", "pushed"]) writeFileSync(join(home, file), "");
    const { code, stderr } = await deploy(["--yes"], { MIGRATION_ENDS: "1" });
    expect(code).toBe(1);
    expect(stderr).toContain("The migration failed (1). What runs was not changed.\n");
    expect(changes().filter((line) => line.startsWith("terraform apply")).length).toBe(1);
    expect(asked().filter((line) => line.startsWith("docker build"))).toEqual([]);
  });

  it("says when ECS went back to the last image: the service is stable then, too", async () => {
    const { code, stderr } = await deploy(["--yes"], { RUNS: "arn:old" });
    expect(code).toBe(1);
    expect(stderr).toContain("The new image did not become ready, and ECS went back to the last one.");
  });

  it("destroys nothing that is protected", async () => {
    const { code, stderr } = await deploy(["--destroy", "--yes"]);
    expect(code).toBe(1);
    expect(stderr).toContain(`Say deletion_protection = false in ${settings}, and deploy that first.`);
    expect(changes()).toEqual([]);
  });

  it("destroys what is not, with its images, and leaves no way behind to do it the next time", async () => {
    writeFileSync(join(home, "image"), `${REPOSITORY}@${OLD}`);
    const { code, stdout } = await deploy(["--destroy", "--yes"], { PROTECTED: "false" });
    expect(code).toBe(0);
    expect(changes()).toEqual([
      `terraform destroy ${images(`${REPOSITORY}@${OLD}`, `${REPOSITORY}@${OLD}`)}`,
      "ecr delete-repository --repository-name gate --force",
    ]);
    expect(stdout).toContain(`the state in s3://${BUCKET}`);
    for (const place of ["", "application/database/"])
      expect(existsSync(join(folder.module, place, "unprotected_override.tf"))).toBe(false);
  });

  it.each([
    ["terraform", "There is no terraform in PATH."],
    ["aws", "There is no aws in PATH."],
    ["docker", "No Docker engine answers"],
  ])("says what to install without %s, and asks nothing of AWS", async (program, sentence) => {
    rmSync(join(home, "bin", program));
    const { code, stderr } = await deploy(["--yes"]);
    expect([code, stderr]).toEqual([1, expect.stringContaining(sentence)]);
    expect(existsSync(join(home, "asked")) ? asked().filter((line) => line.startsWith("aws")) : []).toEqual(
      [],
    );
  });

  it("says which settings are missing", async () => {
    rmSync(settings);
    const { code, stderr } = await deploy(["--yes"]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^There are no settings: .*gate\.tfvars/)]);
  });

  it("does not take a pool over that was made by itself", async () => {
    writeFileSync(join(folder.module, "provider.tf"), "");
    const { code, stderr } = await deploy(["--yes"]);
    rmSync(join(folder.module, "provider.tf"));
    expect([code, stderr]).toEqual([1, expect.stringContaining("say it in own_pool")]);
  });
});
