# What holds of the application and what it runs on. Every resource is a mock: no account, no network.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

mock_provider "aws" {
  alias           = "global"
  source          = "./tests/mocks"
  override_during = plan
}

override_resource {
  target          = aws_security_group.load_balancer
  override_during = plan
  values          = { id = "sg-load-balancer" }
}

override_resource {
  target          = aws_security_group.service
  override_during = plan
  values          = { id = "sg-service" }
}

override_resource {
  target          = aws_security_group.database
  override_during = plan
  values          = { id = "sg-database" }
}

variables {
  domain_name    = "app.example.com"
  hosted_zone_id = "Z0123456789ABC"
  pool           = { domain_prefix = "sekisho-test" }
  image          = "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/sekisho@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

run "the_whole" {
  command = plan

  assert {
    condition     = length(module.pool) == 1 && length(module.network) == 1 && length(module.database) == 1 && length(module.waf) == 1 && length(module.alarms) == 1 && length(module.cloudfront) == 0 && length(module.mail) == 0
    error_message = "The defaults are not pool, network, database, WAF and alarms."
  }
  assert {
    condition     = local.environment.NEXTAUTH_URL == "https://app.example.com" && output.url == local.environment.NEXTAUTH_URL
    error_message = "The application believes to be somewhere else than at its name."
  }
  assert {
    condition     = local.environment.COGNITO_USER_POOL_ID == "ap-northeast-1_Mock00001"
    error_message = "The application is not given the pool that is made."
  }
  assert {
    condition     = local.environment.TRUSTED_PROXY_HOPS == "1"
    error_message = "The load balancer is not the one proxy that is trusted."
  }
  assert {
    condition     = [for rule in aws_vpc_security_group_ingress_rule.browsers : rule.security_group_id] == [aws_security_group.load_balancer.id, aws_security_group.load_balancer.id] && length(aws_vpc_security_group_ingress_rule.cloudfront) == 0
    error_message = "Browsers reach something else than the load balancer."
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.from_load_balancer.referenced_security_group_id == aws_security_group.load_balancer.id && aws_vpc_security_group_ingress_rule.from_load_balancer.cidr_ipv4 == null
    error_message = "Others than the load balancer reach the application."
  }
  assert {
    condition     = one(aws_vpc_security_group_ingress_rule.from_service).referenced_security_group_id == aws_security_group.service.id && one(aws_vpc_security_group_ingress_rule.from_service).cidr_ipv4 == null
    error_message = "Others than the application reach the database."
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.to_aws.from_port == 443 && aws_vpc_security_group_egress_rule.to_aws.to_port == 443
    error_message = "The application reaches more of the world than https."
  }
  assert {
    condition     = one(aws_acm_certificate.this).domain_name == "app.example.com" && one(aws_acm_certificate.this).validation_method == "DNS"
    error_message = "The certificate is not for the application's name, or does not renew itself."
  }
  assert {
    condition     = keys(aws_route53_record.address) == ["app.example.com"] && aws_route53_record.address["app.example.com"].alias[0].name == "mock.ap-northeast-1.elb.amazonaws.com"
    error_message = "The name does not lead to the load balancer."
  }
}

run "with_cloudfront_and_mail_and_subdomains" {
  command = plan

  variables {
    cloudfront  = true
    mail_domain = "example.com"
    pool        = { domain_prefix = "sekisho-test", tenant_mode = "subdomain" }
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.browsers) == 0 && length(aws_vpc_security_group_ingress_rule.cloudfront) == 1
    error_message = "With CloudFront, the load balancer is reached past it."
  }
  assert {
    condition     = local.environment.TRUSTED_PROXY_HOPS == "2"
    error_message = "CloudFront is not counted among the proxies: every visitor would have its address."
  }
  assert {
    condition     = alltrue([for record in aws_route53_record.address : record.alias[0].name == "mock.cloudfront.net"])
    error_message = "With CloudFront, the name does not lead to it."
  }
  assert {
    condition     = length(module.waf) == 0 && length(module.waf_global) == 1
    error_message = "With CloudFront, addresses are counted where all of them are CloudFront's."
  }
  assert {
    condition     = keys(aws_route53_record.address) == ["*.app.example.com", "app.example.com"] && contains(one(aws_acm_certificate.this).subject_alternative_names, "*.app.example.com")
    error_message = "Tenants' subdomains have no address, or no certificate."
  }
}

run "with_what_is_there" {
  command = plan

  variables {
    pool            = null
    own_pool        = { environment = { COGNITO_USER_POOL_ID = "ap-northeast-1_Own", TENANT_MODE = "header" }, role_arn = "arn:aws:iam::111122223333:role/path/own-app" }
    own_vpc         = { vpc_id = "vpc-own", public_subnet_ids = ["subnet-1", "subnet-2"], private_subnet_ids = ["subnet-3", "subnet-4"], database_subnet_ids = ["subnet-5", "subnet-6"] }
    own_database    = { cidr = "10.9.0.0/16", port = 6432, url_secret_arn = "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:url", owner_url_secret_arn = "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:owner" }
    hosted_zone_id  = null
    certificate_arn = "arn:aws:acm:ap-northeast-1:111122223333:certificate/own"
    waf             = false
    alarms          = false
  }

  assert {
    condition     = length(module.pool) + length(module.network) + length(module.database) + length(module.waf) + length(module.alarms) + length(aws_acm_certificate.this) + length(aws_route53_record.address) == 0
    error_message = "Something is made that is there already, or that was left out."
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.to_database.cidr_ipv4 == "10.9.0.0/16" && aws_vpc_security_group_egress_rule.to_database.from_port == 6432 && aws_vpc_security_group_egress_rule.to_database.to_port == 6432
    error_message = "The application does not reach a database of yours, or more than it."
  }
  assert {
    condition     = local.secrets.DATABASE_URL == var.own_database.url_secret_arn && local.migration.secrets.DATABASE_URL == var.own_database.owner_url_secret_arn
    error_message = "The application has the owner's address of the database, or the migration has not."
  }
  assert {
    condition     = join(" ", local.task_subnets) == "subnet-3 subnet-4" && aws_security_group.service.vpc_id == "vpc-own"
    error_message = "In a VPC of yours, the tasks do not lie in the private subnets."
  }
}

run "the_network" {
  command = plan

  module {
    source = "./network"
  }

  override_resource {
    target          = aws_subnet.database
    override_during = plan
    values          = { id = "subnet-database" }
  }

  variables {
    name = "sekisho"
    cidr = "10.0.0.0/16"
    nat  = "one"
  }

  assert {
    condition     = length(distinct([for subnet in aws_subnet.database : subnet.availability_zone])) == 2 && length(distinct([for subnet in aws_subnet.private : subnet.availability_zone])) == 2 && length(distinct([for subnet in aws_subnet.public : subnet.availability_zone])) == 2
    error_message = "A kind of subnet lies in one zone alone."
  }
  assert {
    condition     = length(distinct([for subnet in concat(values(aws_subnet.public), values(aws_subnet.private), values(aws_subnet.database)) : subnet.cidr_block])) == 6
    error_message = "Two subnets have the same addresses."
  }
  assert {
    condition     = !anytrue([for subnet in concat(values(aws_subnet.public), values(aws_subnet.private), values(aws_subnet.database)) : coalesce(subnet.map_public_ip_on_launch, false)])
    error_message = "Whatever is put into a subnet is given a public address."
  }
  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_route.nat) == 2
    error_message = "The tasks do not reach Cognito, or more than one NAT gateway is paid for."
  }
  assert {
    condition     = !contains(concat([for each in aws_route_table_association.private : each.subnet_id], [for each in aws_route_table_association.public : each.subnet_id]), "subnet-database")
    error_message = "The database's subnets have a way to the internet."
  }
  assert {
    condition     = length(aws_default_security_group.this.ingress) + length(aws_default_security_group.this.egress) == 0
    error_message = "The default security group lets something in or out."
  }
  assert {
    condition     = jsondecode(aws_vpc_endpoint.s3.policy).Statement[0].Action == "s3:GetObject" && jsondecode(aws_vpc_endpoint.s3.policy).Statement[0].Resource == "arn:aws:s3:::prod-ap-northeast-1-starport-layer-bucket/*"
    error_message = "The way to S3 leads to more than the images."
  }
}

run "the_database" {
  command = plan

  module {
    source = "./database"
  }

  variables {
    name                = "sekisho"
    subnet_ids          = ["subnet-1", "subnet-2"]
    security_group_id   = "sg-1"
    postgres_version    = "16"
    minimum_acu         = 0.5
    maximum_acu         = 4
    instances           = 2
    backup_days         = 14
    deletion_protection = true
    log_retention_days  = 30
    client_role_name    = "app"
  }

  assert {
    condition     = aws_rds_cluster.this.deletion_protection && !aws_rds_cluster.this.skip_final_snapshot
    error_message = "The database could be deleted by mistake, or without a last copy."
  }
  assert {
    condition     = aws_rds_cluster.this.storage_encrypted
    error_message = "The database's disk can be read."
  }
  assert {
    condition     = aws_rds_cluster.this.backup_retention_period == 14
    error_message = "The database cannot be brought back to the days that were said."
  }
  assert {
    condition     = coalesce(aws_rds_cluster.this.manage_master_user_password, false) && aws_rds_cluster.this.master_password == null
    error_message = "The owner's password is in the state."
  }
  assert {
    condition     = aws_rds_cluster.this.iam_database_authentication_enabled && output.environment.DATABASE_AUTH == "iam" && !strcontains(output.environment.DATABASE_URL, ":@") && output.environment.DATABASE_URL == "postgres://application@mock.ap-northeast-1.rds.amazonaws.com:5432/${aws_rds_cluster.this.database_name}"
    error_message = "The application does not sign in by its role."
  }
  assert {
    condition     = output.environment.DATABASE_TLS == "verify-full" && output.migration.environment.DATABASE_TLS == "verify-full" && output.environment.DATABASE_CA_FILE == "/etc/ssl/rds.pem" && output.migration.environment.DATABASE_CA_FILE == output.environment.DATABASE_CA_FILE
    error_message = "Somebody on the way could be the database."
  }
  assert {
    condition     = contains([for each in aws_rds_cluster_parameter_group.this.parameter : "${each.name}=${each.value}"], "rds.force_ssl=1")
    error_message = "The database takes connections in the clear."
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.sign_in.policy).Statement[0].Action == "rds-db:connect" && jsondecode(aws_iam_role_policy.sign_in.policy).Statement[0].Resource == "arn:aws:rds-db:ap-northeast-1:111122223333:dbuser:cluster-MOCK/application" && length(jsondecode(aws_iam_role_policy.sign_in.policy).Statement) == 1
    error_message = "The application's role may sign in as somebody else, or at another database."
  }
  assert {
    condition     = output.migration.secrets.PGPASSWORD == "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:owner-mock:password::" && startswith(output.migration.environment.DATABASE_URL, "postgres://owner@") && output.migration.environment.DATABASE_LOGIN == "application"
    error_message = "The migration is not the owner's, or makes another login than the application's."
  }
  assert {
    condition     = alltrue([for each in aws_rds_cluster_instance.this : !each.publicly_accessible && each.instance_class == "db.serverless"]) && length(aws_rds_cluster_instance.this) == 2
    error_message = "An instance of the database has a public address, or is no serverless one."
  }
  assert {
    condition     = aws_cloudwatch_log_group.postgresql.retention_in_days == 30 && aws_cloudwatch_log_group.postgresql.name == "/aws/rds/cluster/sekisho/postgresql"
    error_message = "The database's log is kept for ever."
  }
}

run "the_service" {
  command = plan

  module {
    source = "./service"
  }

  variables {
    name                   = "sekisho"
    migration_image        = ""
    repository_arn         = "arn:aws:ecr:ap-northeast-1:111122223333:repository/sekisho"
    environment            = { NEXTAUTH_URL = "https://app.example.com", PORT = "1" }
    secrets                = { COGNITO_APP_CLIENT_SECRET = "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:client:field::" }
    session_secret         = "b"
    previous_secret        = "a"
    role_arn               = "arn:aws:iam::111122223333:role/app"
    migration              = { environment = {}, secrets = { PGPASSWORD = "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:owner:password::" } }
    vpc_id                 = "vpc-1"
    load_balancer_subnets  = ["subnet-1", "subnet-2"]
    is_internal            = false
    task_subnets           = ["subnet-3", "subnet-4"]
    assigns_public_address = false
    load_balancer_group_id = "sg-1"
    task_group_id          = "sg-2"
    certificate_arn        = "arn:aws:acm:ap-northeast-1:111122223333:certificate/mock"
    cpu                    = 512
    memory                 = 1024
    architecture           = "X86_64"
    minimum_tasks          = 2
    maximum_tasks          = 6
    deletion_protection    = true
    log_retention_days     = 30
  }

  assert {
    condition     = alltrue([for task in [one(aws_ecs_task_definition.application), aws_ecs_task_definition.migration] : jsondecode(task.container_definitions)[0].readonlyRootFilesystem])
    error_message = "A container may write to its own files."
  }
  assert {
    condition     = alltrue([for task in [one(aws_ecs_task_definition.application), aws_ecs_task_definition.migration] : can(regex("^[1-9]\\d*:[1-9]\\d*$", jsondecode(task.container_definitions)[0].user)) && !jsondecode(task.container_definitions)[0].privileged])
    error_message = "A container runs as root."
  }
  assert {
    condition     = alltrue([for task in [one(aws_ecs_task_definition.application), aws_ecs_task_definition.migration] : jsondecode(task.container_definitions)[0].linuxParameters.capabilities.drop == ["ALL"]])
    error_message = "A container keeps rights of root's."
  }
  assert {
    condition     = jsondecode(one(aws_ecs_task_definition.application).container_definitions)[0].stopTimeout > tonumber([for each in jsondecode(one(aws_ecs_task_definition.application).container_definitions)[0].environment : each.value if each.name == "STOP_SECONDS"][0])
    error_message = "The application is killed before it has ended by itself."
  }
  assert {
    condition     = strcontains(jsondecode(one(aws_ecs_task_definition.application).container_definitions)[0].healthCheck.command[3], "http://127.0.0.1:3000/api/health/live'")
    error_message = "A task is not asked whether it lives."
  }
  assert {
    condition     = aws_lb_target_group.this.health_check[0].path == "/api/health/ready" && aws_lb_target_group.this.health_check[0].matcher == "200"
    error_message = "A task that is not ready is sent requests."
  }
  assert {
    condition     = tonumber(aws_lb_target_group.this.deregistration_delay) >= 20 && tonumber(aws_lb_target_group.this.deregistration_delay) <= 60
    error_message = "Requests under way are cut at a deploy, or a deploy waits for minutes."
  }
  assert {
    condition     = aws_lb_target_group.this.stickiness[0].type == "lb_cookie" && aws_lb_target_group.this.stickiness[0].enabled
    error_message = "A page is asked of one build and its scripts of the other, while there are two."
  }
  assert {
    condition     = { for each in jsondecode(one(aws_ecs_task_definition.application).container_definitions)[0].environment : each.name => each.value }["PORT"] == "3000"
    error_message = "The application listens where the load balancer does not ask."
  }
  assert {
    condition     = keys({ for each in jsondecode(one(aws_ecs_task_definition.application).container_definitions)[0].secrets : each.name => each.valueFrom }) == ["COGNITO_APP_CLIENT_SECRET", "NEXTAUTH_SECRET", "NEXTAUTH_SECRET_PREVIOUS"]
    error_message = "The application is not given its secrets, or others."
  }
  assert {
    condition     = alltrue([for each in aws_secretsmanager_secret_version.session : each.secret_string == null && each.secret_string_wo_version == 1])
    error_message = "A secret is in the state, or is written anew by every apply."
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.execution.policy).Statement[3].Action == "secretsmanager:GetSecretValue" && toset(jsondecode(aws_iam_role_policy.execution.policy).Statement[3].Resource) == toset(["arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:client", "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:session-mock"])
    error_message = "ECS reads other secrets for the application than its own."
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.migration.policy).Statement[3].Resource == ["arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:owner"]
    error_message = "ECS reads other secrets for the migration than the owner's."
  }
  assert {
    condition     = [for each in jsondecode(aws_iam_role_policy.execution.policy).Statement : each.Action if can(regex("\\*", join(" ", flatten([each.Action])))) || each.Resource == "*"] == ["ecr:GetAuthorizationToken"] && jsondecode(aws_iam_role_policy.execution.policy).Statement[1].Condition.StringEquals["aws:RequestedRegion"] == "ap-northeast-1"
    error_message = "A permission reaches further than it must."
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.execution.policy).Statement[0].Resource == "arn:aws:ecr:ap-northeast-1:111122223333:repository/sekisho" && jsondecode(aws_iam_role_policy.execution.policy).Statement[2].Resource == "arn:aws:logs:ap-northeast-1:111122223333:log-group:mock:*"
    error_message = "ECS fetches other images, or writes to other logs."
  }
  assert {
    condition     = alltrue([for role in [aws_iam_role.execution, aws_iam_role.migration] : jsondecode(role.assume_role_policy).Statement[0].Principal.Service == "ecs-tasks.amazonaws.com" && jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333"])
    error_message = "Others than ECS, or for another account, may take on a role."
  }
  assert {
    condition     = one(aws_ecs_task_definition.application).task_role_arn == "arn:aws:iam::111122223333:role/app" && aws_ecs_task_definition.migration.task_role_arn == null
    error_message = "The application does not run with the pool's role, or the migration has one."
  }
  assert {
    condition     = aws_lb.this.idle_timeout > 20 && aws_lb.this.idle_timeout < 65
    error_message = "The load balancer cuts event streams, or sends requests into connections that close."
  }
  assert {
    condition     = aws_lb.this.drop_invalid_header_fields
    error_message = "The load balancer passes headers on that are none."
  }
  assert {
    condition     = aws_lb.this.enable_deletion_protection
    error_message = "The load balancer could be deleted by mistake."
  }
  assert {
    condition     = aws_lb_listener.https.protocol == "HTTPS" && startswith(aws_lb_listener.https.ssl_policy, "ELBSecurityPolicy-TLS13-1-2-")
    error_message = "Old TLS is spoken."
  }
  assert {
    condition     = one(aws_lb_listener.http).default_action[0].type == "redirect" && one(aws_lb_listener.http).default_action[0].redirect[0].protocol == "HTTPS"
    error_message = "Something is answered in the clear."
  }
  assert {
    condition     = one(aws_ecs_service.this).deployment_circuit_breaker[0].enable && one(aws_ecs_service.this).deployment_circuit_breaker[0].rollback && one(aws_ecs_service.this).deployment_minimum_healthy_percent == 100
    error_message = "A bad image stays, or old tasks go before new ones are there."
  }
  assert {
    condition     = !one(aws_ecs_service.this).enable_execute_command
    error_message = "One can step into a running container."
  }
  assert {
    condition     = !one(aws_ecs_service.this).network_configuration[0].assign_public_ip
    error_message = "A task has a public address without need."
  }
  assert {
    condition     = one(aws_appautoscaling_target.this).min_capacity == 2 && one(aws_appautoscaling_target.this).max_capacity == 6
    error_message = "There are fewer or more tasks than were said."
  }
  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "The application's log is kept for ever."
  }
}

run "before_the_first_image_runs" {
  command = plan

  variables {
    image           = ""
    migration_image = "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/sekisho@sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
  }

  assert {
    condition     = output.migration.cluster == "sekisho" && module.service.is_running == false
    error_message = "The application starts before its database is migrated."
  }
}

run "the_rates" {
  command = plan

  module {
    source = "./waf"
  }

  variables {
    name              = "sekisho"
    scope             = "REGIONAL"
    load_balancer_arn = "arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:loadbalancer/app/mock/1"
    requests          = 3000
    sign_ins          = 300
  }

  assert {
    condition     = alltrue([for rule in aws_wafv2_web_acl.this.rule : length(rule.action[0].block) == 1 && rule.action[0].block[0].custom_response[0].response_code == 429])
    error_message = "A rate is counted, and nobody is refused."
  }
  assert {
    condition     = { for rule in aws_wafv2_web_acl.this.rule : rule.name => rule.statement[0].rate_based_statement[0].limit } == { requests = 3000, sign-ins = 300 }
    error_message = "The rates are not those that were said."
  }
  assert {
    condition     = alltrue([for rule in aws_wafv2_web_acl.this.rule : rule.statement[0].rate_based_statement[0].aggregate_key_type == "IP"])
    error_message = "A rate is not of one address."
  }
  assert {
    condition     = toset([for each in [for rule in aws_wafv2_web_acl.this.rule : rule.statement[0].rate_based_statement[0].scope_down_statement[0].and_statement[0].statement[1].or_statement[0].statement if rule.name == "sign-ins"][0] : each.byte_match_statement[0].search_string]) == toset(["/api/auth/", "/api/user/"])
    error_message = "What signs people in is not counted."
  }
  assert {
    condition     = one(aws_wafv2_web_acl_association.this).resource_arn == var.load_balancer_arn
    error_message = "Nothing stands behind the rates."
  }
}

run "the_alarms" {
  command = plan

  module {
    source = "./alarms"
  }

  variables {
    name                 = "sekisho"
    email                = "ops@example.com"
    load_balancer        = "app/mock/1"
    target_group         = "targetgroup/mock/1"
    cluster              = "sekisho"
    service              = "sekisho"
    minimum_tasks        = 2
    log_group            = "/sekisho/application"
    database             = "sekisho"
    database_maximum_acu = 4
  }

  assert {
    condition     = alltrue([for alarm in concat(values(aws_cloudwatch_metric_alarm.measured), values(aws_cloudwatch_metric_alarm.logged)) : toset(alarm.alarm_actions) == toset([aws_sns_topic.this.arn]) && toset(alarm.ok_actions) == toset([aws_sns_topic.this.arn])])
    error_message = "An alarm tells nobody."
  }
  assert {
    condition     = one(aws_sns_topic_subscription.email).endpoint == "ops@example.com"
    error_message = "Nobody is mailed."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.measured["tasks-missing"].comparison_operator == "LessThanThreshold" && aws_cloudwatch_metric_alarm.measured["tasks-missing"].threshold == 2 && aws_cloudwatch_metric_alarm.measured["tasks-missing"].treat_missing_data == "breaching"
    error_message = "Missing tasks are not noticed."
  }
  assert {
    condition     = alltrue([for name, alarm in aws_cloudwatch_metric_alarm.measured : alarm.comparison_operator == "GreaterThanThreshold" && alarm.treat_missing_data == "notBreaching" if name != "tasks-missing"])
    error_message = "Silence is taken for trouble."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.measured["slow"].extended_statistic == "p95" && aws_cloudwatch_metric_alarm.measured["slow"].statistic == null
    error_message = "Slowness is looked for in an average."
  }
  assert {
    condition     = alltrue([for name, filter in aws_cloudwatch_log_metric_filter.logged : filter.log_group_name == "/sekisho/application" && filter.metric_transformation[0].namespace == aws_cloudwatch_metric_alarm.logged[name].namespace && filter.metric_transformation[0].name == aws_cloudwatch_metric_alarm.logged[name].metric_name])
    error_message = "An alarm looks at another metric than the log is counted in."
  }
}

run "the_mail" {
  command = plan

  module {
    source = "./mail"
  }

  variables {
    domain         = "example.com"
    hosted_zone_id = "Z0123456789ABC"
  }

  assert {
    condition     = aws_route53_record.dkim[2].name == "three._domainkey.example.com" && toset(aws_route53_record.dkim[2].records) == toset(["three.dkim.amazonses.com"])
    error_message = "Mails are not signed."
  }
  assert {
    condition     = aws_route53_record.identity.name == "_amazonses.example.com"
    error_message = "The domain is never verified."
  }
}

run "the_cloudfront" {
  command = plan

  module {
    source = "./cloudfront"
  }

  variables {
    name              = "sekisho"
    names             = ["app.example.com"]
    load_balancer_arn = "arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:loadbalancer/app/mock/1"
    load_balancer_dns = "mock.ap-northeast-1.elb.amazonaws.com"
    web_acl_arn       = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/mock/1"
  }

  assert {
    condition     = aws_cloudfront_distribution.this.default_cache_behavior[0].cache_policy_id == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" && length(aws_cloudfront_distribution.this.default_cache_behavior[0].allowed_methods) == 7
    error_message = "Somebody's answer is kept for the next one, or writing does not pass."
  }
  assert {
    condition     = alltrue([for each in aws_cloudfront_distribution.this.ordered_cache_behavior : startswith(each.path_pattern, "/_next/static/")])
    error_message = "More than the files of a build is kept."
  }
  assert {
    condition     = aws_cloudfront_vpc_origin.this.vpc_origin_endpoint_config[0].origin_protocol_policy == "https-only" && aws_cloudfront_vpc_origin.this.vpc_origin_endpoint_config[0].arn == var.load_balancer_arn
    error_message = "CloudFront speaks to the load balancer in the clear, or to another one."
  }
  assert {
    condition     = aws_cloudfront_distribution.this.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021"
    error_message = "CloudFront speaks old TLS."
  }
  assert {
    condition     = aws_cloudfront_distribution.this.web_acl_id == var.web_acl_arn
    error_message = "CloudFront counts no address."
  }
}
