import { execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../local/ports";
import { copyTerraform, withoutTerraform } from "../local/testing/terraform-folder";

/**
 * Applies the application to moto, which plays AWS, and expects a second plan to find nothing to change: what is written
 * is what AWS would answer. Not part of `npm test`: the provider waits minutes for a database. A pool is given, because the
 * pool has tests of its own; tasks do not scale, because moto knows no tags of what scales.
 */
const SERVICES =
  "acm cloudwatch cloudwatchlogs ec2 ecs elbv2 iam rds route53 secretsmanager ses sns sts wafv2";
/** What moto 5.2 forgets: of a rule between two groups, of an Aurora cluster, of a service. */
const FORGOTTEN = [
  "aws_vpc_security_group_egress_rule.to_database: description",
  "aws_vpc_security_group_egress_rule.to_service: description",
  "aws_vpc_security_group_ingress_rule.from_load_balancer: description",
  "aws_vpc_security_group_ingress_rule.from_service[0]: description",
  "module.database[0].aws_rds_cluster.this: scaling_configuration",
  "module.service.aws_ecs_service.this[0]: availability_zone_rebalancing",
  "module.service.aws_ecs_service.this[0]: health_check_grace_period_seconds",
];

if (withoutTerraform("the application on moto")) process.exit(0);
if (!isThere("moto_server")) {
  console.log("skipped: the application on moto, because there is no moto_server in PATH");
  process.exit(0);
}

const port = await freePort();
const endpoint = `http://127.0.0.1:${port}`;
const moto = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
// One process of the provider for both regions would take each for the other.
const folder = copyTerraform();
const application = `-chdir=${join(folder.module, "application")}`;
try {
  await answering();
  const zone = aws("route53", "create-hosted-zone", "--name", "example.com", "--caller-reference", "one");
  aws("iam", "create-role", "--role-name", "pool-app", "--assume-role-policy-document", "{}");
  writeFileSync(join(folder.module, "application/moto_override.tf"), providers());
  writeFileSync(
    join(folder.module, "application/terraform.tfvars"),
    settings(zone.HostedZone.Id.split("/").at(-1)),
  );
  writeFileSync(
    join(folder.module, "application/service/moto_override.tf"),
    [`target" "this`, `policy" "cpu`]
      .map((name) => `resource "aws_appautoscaling_${name}" {\n  count = 0\n}\n`)
      .join(""),
  );
  await terraform("init");
  await terraform("apply", "-auto-approve");
  await terraform("plan", "-out=second");
  const changed = differences(JSON.parse(await terraform("show", "-json", "second")));
  const unexpected = changed.filter((each) => !FORGOTTEN.includes(each));
  for (const each of unexpected) console.log(`A second plan would change ${each}`);
  if (unexpected.length > 0) console.log(await terraform("show", "second"));
  const { length } = unexpected;
  console.log(`${length === 0 ? 1 : 0} passed, ${length} failed`);
  process.exitCode = length === 0 ? 0 : 1;
} finally {
  folder.remove();
  moto.kill();
}

async function terraform(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await folder.terraform(application, ...args);
  if (code !== 0) throw new Error(`terraform ${args[0]}: ${stdout}\n${stderr}`);
  return stdout;
}

type Change = { address: string; change: { actions: string[]; before: object; after: object } };

/** A line for each attribute that a plan would change. */
function differences(plan: { resource_changes: Change[] }): string[] {
  return plan.resource_changes
    .filter(({ change }) => change.actions.join() !== "no-op")
    .flatMap(({ address, change }) => {
      const before = new Map(Object.entries(change.before ?? {}));
      const after = Object.entries(change.after ?? {});
      const others = after.filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name)),
      );
      return others.map(([name]) => `${address}: ${name}`);
    });
}

function providers(): string {
  const endpoints = SERVICES.split(" ").map((service) => `    ${service} = "${endpoint}"\n`);
  return ["", '  alias = "global"\n']
    .map(
      (alias) => `provider "aws" {
${alias}  access_key = "local"
  secret_key = "local"
  skip_metadata_api_check = true
  endpoints {
${endpoints.join("")}  }
}
`,
    )
    .join("");
}

function settings(zone = ""): string {
  return `domain_name = "app.example.com"
hosted_zone_id = "${zone}"
mail_domain = "example.com"
alarm_email = "ops@example.com"
image = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/sekisho@sha256:${"a".repeat(64)}"
own_pool = {
  environment = { COGNITO_USER_POOL_ID = "ap-northeast-1_Moto00001" }
  role_arn = "arn:aws:iam::123456789012:role/pool-app"
}
`;
}

function aws(...args: string[]) {
  const credentials = { AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local", AWS_REGION: "us-east-1" };
  const env = { ...process.env, ...credentials, AWS_DEFAULT_REGION: "us-east-1" };
  return JSON.parse(
    execFileSync("aws", ["--endpoint-url", endpoint, "--output", "json", ...args], { encoding: "utf8", env }),
  );
}

function isThere(program: string): boolean {
  try {
    execFileSync(program, ["--help"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function answering(): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    const isUp = await fetch(`${endpoint}/moto-api/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await sleep(200);
  }
  throw new Error("moto does not answer.");
}
