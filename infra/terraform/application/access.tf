# Who may speak to whom.

locals {
  # Without a NAT gateway the tasks reach Cognito from a public subnet. The world cannot reach them: see the rules below.
  tasks_are_public = local.makes_vpc && var.nat == "none"
  task_subnets     = local.tasks_are_public ? local.vpc.public_subnet_ids : local.vpc.private_subnet_ids
  role_name        = element(split("/", local.pool.role_arn), -1)
}

resource "aws_security_group" "load_balancer" {
  name        = "${var.project_name}-load-balancer"
  description = "What browsers reach"
  vpc_id      = local.vpc.vpc_id
}

resource "aws_security_group" "service" {
  name        = "${var.project_name}-service"
  description = "The tasks of the application, and its migration"
  vpc_id      = local.vpc.vpc_id
}

resource "aws_security_group" "database" {
  count = local.makes_database ? 1 : 0

  name        = "${var.project_name}-database"
  description = "PostgreSQL"
  vpc_id      = local.vpc.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "browsers" {
  for_each = var.cloudfront ? toset([]) : toset(["80", "443"])

  security_group_id = aws_security_group.load_balancer.id
  description       = each.key == "80" ? "Sent on to https" : "Browsers and API clients"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.key
  to_port           = each.key
}

data "aws_ec2_managed_prefix_list" "cloudfront" {
  count = var.cloudfront ? 1 : 0

  name = "com.amazonaws.global.cloudfront.origin-facing"
}

resource "aws_vpc_security_group_ingress_rule" "cloudfront" {
  count = var.cloudfront ? 1 : 0

  security_group_id = aws_security_group.load_balancer.id
  description       = "CloudFront"
  prefix_list_id    = one(data.aws_ec2_managed_prefix_list.cloudfront).id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "to_service" {
  security_group_id            = aws_security_group.load_balancer.id
  description                  = "The application"
  referenced_security_group_id = aws_security_group.service.id
  ip_protocol                  = "tcp"
  from_port                    = module.service.port
  to_port                      = module.service.port
}

resource "aws_vpc_security_group_ingress_rule" "from_load_balancer" {
  security_group_id            = aws_security_group.service.id
  description                  = "The load balancer"
  referenced_security_group_id = aws_security_group.load_balancer.id
  ip_protocol                  = "tcp"
  from_port                    = module.service.port
  to_port                      = module.service.port
}

resource "aws_vpc_security_group_egress_rule" "to_aws" {
  security_group_id = aws_security_group.service.id
  description       = "Cognito, ECR, Secrets Manager, CloudWatch: their addresses change"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "to_database" {
  security_group_id            = aws_security_group.service.id
  description                  = "PostgreSQL"
  referenced_security_group_id = one(aws_security_group.database[*].id)
  cidr_ipv4                    = local.makes_database ? null : var.own_database.cidr
  ip_protocol                  = "tcp"
  from_port                    = local.makes_database ? 5432 : var.own_database.port
  to_port                      = local.makes_database ? 5432 : var.own_database.port
}

resource "aws_vpc_security_group_ingress_rule" "from_service" {
  count = local.makes_database ? 1 : 0

  security_group_id            = one(aws_security_group.database).id
  description                  = "The application"
  referenced_security_group_id = aws_security_group.service.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}
