import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * What a plan of the application costs a month while nobody uses it: what is paid by the hour or by the month. Read from
 * `terraform show -json`, so that it is what would be made.
 *
 * Prices in USD at N. Virginia, as AWS's price pages had them in November 2026 (aws.amazon.com/…/pricing). An estimate:
 * without traffic, storage and tax. Other regions are up to a third dearer.
 */
const HOURS = 730;
const PRICES = {
  aws_nat_gateway: ["NAT gateway", 0.045 * HOURS],
  aws_lb: ["load balancer", 0.0225 * HOURS],
  aws_secretsmanager_secret: ["secrets", 0.4],
  aws_cloudwatch_metric_alarm: ["alarms", 0.1],
  aws_cloudwatch_log_metric_filter: ["alarms", 0.3],
} as const;
const ACU = 0.12 * HOURS;
const PUBLIC_ADDRESS = 0.005 * HOURS;
const WEB_ACL = 5;
const WEB_ACL_RULE = 1;
const TASK = {
  X86_64: { processor: 0.04048 * HOURS, gigabyte: 0.004445 * HOURS },
  ARM64: { processor: 0.03238 * HOURS, gigabyte: 0.00356 * HOURS },
};

type Resource = { type: string; values: Record<string, unknown> };
type Module = { resources?: Resource[]; child_modules?: Module[] };
type Settings = {
  architecture: keyof typeof TASK;
  task_cpu: number;
  task_memory: number;
  minimum_tasks: number;
  nat: string;
};
/** What of `terraform show -json` is read here. */
export type Plan = {
  planned_values: { root_module: Module };
  variables: { [name in keyof Settings]: { value: Settings[name] } };
};

/** USD a month by what is paid for, the dearest first. */
export function costsOf(plan: Plan): Map<string, number> {
  const resources = resourcesOf(plan.planned_values.root_module);
  const of = (type: string) => resources.filter((resource) => resource.type === type);
  const [loadBalancer] = of("aws_lb");
  const isPublic = loadBalancer !== undefined && loadBalancer.values.internal !== true;
  const { architecture, task_cpu, task_memory, minimum_tasks, nat } = plan.variables;
  const tasks = minimum_tasks.value;
  const task = TASK[architecture.value];

  const costs = new Map<string, number>();
  const add = (what: string, cost: number) => {
    if (cost > 0) costs.set(what, (costs.get(what) ?? 0) + cost);
  };
  for (const [type, [what, price]] of Object.entries(PRICES)) add(what, of(type).length * price);
  const [cluster] = of("aws_rds_cluster");
  const scaling = cluster?.values.serverlessv2_scaling_configuration as
    | { min_capacity: number }[]
    | undefined;
  add("database", (scaling?.[0]?.min_capacity ?? 0) * of("aws_rds_cluster_instance").length * ACU);
  // RDS makes one more, for the owner's password.
  add("secrets", cluster ? PRICES.aws_secretsmanager_secret[1] : 0);
  add(
    "tasks",
    tasks * ((task_cpu.value / 1024) * task.processor + (task_memory.value / 1024) * task.gigabyte),
  );
  const addresses =
    of("aws_eip").length +
    (isPublic ? 2 : 0) +
    (of("aws_vpc").length > 0 && nat.value === "none" ? tasks : 0);
  add("public addresses", addresses * PUBLIC_ADDRESS);
  for (const { values } of of("aws_wafv2_web_acl"))
    add("WAF", WEB_ACL + (values.rule as unknown[]).length * WEB_ACL_RULE);
  return new Map([...costs].sort(([, one], [, other]) => other - one));
}

/** The costs as lines for a person, their sum first. */
export function explain(costs: Map<string, number>): string {
  const total = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  const lines = [...costs].map(([what, cost]) => `${what.padEnd(18)} ${cost.toFixed(0).padStart(5)}`);
  return [
    `About ${total.toFixed(0)} USD a month at N. Virginia's prices, while nobody uses it; Tokyo is up to a third dearer.`,
    "An estimate, without traffic, storage and tax:",
    ...lines.map((line) => `  ${line}`),
  ].join("\n");
}

function resourcesOf({ resources = [], child_modules = [] }: Module): Resource[] {
  return [...resources, ...child_modules.flatMap(resourcesOf)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${explain(costsOf(JSON.parse(readFileSync(0, "utf8"))))}\n`);
}
