import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { costsOf, explain, type Plan } from "./costs";

type Size = {
  architecture: "X86_64" | "ARM64";
  cpu: number;
  memory: number;
  tasks: number;
  nat: "none" | "one" | "each";
  acu: number;
  instances: number;
  rules: number;
};

const many = (count: number, type: string, values: Record<string, unknown> = {}) =>
  Array.from({ length: count }, () => ({ type, values }));

/** What `terraform show -json` says of an application of this size. */
function planOf({ architecture, cpu, memory, tasks, nat, acu, instances, rules }: Size): Plan {
  const gateways = { none: 0, one: 1, each: 2 }[nat];
  const network = [...many(1, "aws_vpc"), ...many(gateways, "aws_nat_gateway"), ...many(gateways, "aws_eip")];
  const database = [
    ...many(1, "aws_rds_cluster", { serverlessv2_scaling_configuration: [{ min_capacity: acu }] }),
    ...many(instances, "aws_rds_cluster_instance"),
  ];
  const service = [
    ...many(1, "aws_lb", { internal: false }),
    ...many(1, "aws_secretsmanager_secret"),
    ...many(11, "aws_cloudwatch_metric_alarm"),
    ...many(4, "aws_cloudwatch_log_metric_filter"),
  ];
  const waf = many(rules === 0 ? 0 : 1, "aws_wafv2_web_acl", { rule: many(rules, "rule") });
  return {
    planned_values: {
      root_module: {
        resources: many(3, "aws_security_group"),
        child_modules: [network, database, service, waf].map((resources) => ({ resources })),
      },
    },
    variables: {
      architecture: { value: architecture },
      task_cpu: { value: cpu },
      task_memory: { value: memory },
      minimum_tasks: { value: tasks },
      nat: { value: nat },
    },
  };
}

const small = planOf({
  ...{ architecture: "ARM64", cpu: 256, memory: 512, tasks: 1 },
  ...{ nat: "none", acu: 0.5, instances: 1, rules: 0 },
});
const usual = planOf({
  ...{ architecture: "X86_64", cpu: 512, memory: 1024, tasks: 2 },
  ...{ nat: "one", acu: 0.5, instances: 1, rules: 2 },
});
const middle = planOf({
  ...{ architecture: "X86_64", cpu: 1024, memory: 2048, tasks: 3 },
  ...{ nat: "each", acu: 2, instances: 2, rules: 2 },
});

describe("what a plan costs", () => {
  it("is what its parts cost at least", () => {
    const rounded = Object.fromEntries([...costsOf(usual)].map(([what, cost]) => [what, Math.round(cost)]));
    expect(rounded).toEqual({
      database: 44,
      tasks: 36,
      "NAT gateway": 33,
      "load balancer": 16,
      "public addresses": 11,
      WAF: 7,
      alarms: 2,
      secrets: 1,
    });
  });

  it("counts nothing that is not made", () => {
    const costs = costsOf(small);
    expect([costs.has("NAT gateway"), costs.has("WAF")]).toEqual([false, false]);
    // The load balancer's two, and the task's own in want of a NAT gateway.
    expect(costs.get("public addresses")).toBeCloseTo(3 * 3.65);
  });

  it("stands in the README for three sizes", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    const totals = [small, usual, middle].map((plan) => /About (\d+) USD/.exec(explain(costsOf(plan)))?.[1]);
    expect(readme).toContain(`| **about, USD a month** | **${totals.join("** | **")}** |`);
  });
});
