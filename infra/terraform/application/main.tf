# The application and what it runs on. Each module can be left out; what takes its place is said in variables.tf.

locals {
  makes_pool     = var.own_pool == null
  makes_vpc      = var.own_vpc == null
  makes_database = var.own_database == null
  sends_mail     = var.mail_domain != null

  pool = local.makes_pool ? {
    environment = one(module.pool[*].environment)
    role_arn    = one(module.pool[*].app_role_arn)
  } : var.own_pool
  vpc = local.makes_vpc ? one(module.network) : var.own_vpc

  app_url = "https://${var.domain_name}"

  environment = merge(
    local.pool.environment,
    {
      NEXTAUTH_URL       = local.app_url
      TRUSTED_PROXY_HOPS = var.cloudfront ? "2" : "1"
    },
    local.makes_database ? one(module.database).environment : {},
    var.settings,
  )
  secrets = merge(
    local.makes_database ? {} : { DATABASE_URL = var.own_database.url_secret_arn },
    var.secrets,
  )

  # What the migration runs with: the database's owner, and nothing of the application.
  migration = local.makes_database ? one(module.database).migration : {
    environment = {}
    secrets     = { DATABASE_URL = var.own_database.owner_url_secret_arn }
  }
}

data "aws_caller_identity" "current" {}

module "network" {
  source = "./network"
  count  = local.makes_vpc ? 1 : 0

  name = var.project_name
  cidr = var.vpc_cidr
  nat  = var.nat
}

module "mail" {
  source = "./mail"
  count  = local.sends_mail ? 1 : 0

  domain         = var.mail_domain
  hosted_zone_id = var.hosted_zone_id
}

module "pool" {
  source = "../"
  count  = local.makes_pool ? 1 : 0

  aws_region                    = var.aws_region
  project_name                  = var.project_name
  app_url                       = local.app_url
  app_runs_on                   = ["ecs"]
  api_enabled                   = false
  deletion_protection           = var.deletion_protection
  log_retention_days            = var.log_retention_days
  ses_identity_arn              = local.sends_mail ? one(module.mail).identity_arn : null
  email_from                    = local.sends_mail ? "${var.pool.sender_name} <no-reply@${var.mail_domain}>" : null
  domain_prefix                 = var.pool.domain_prefix
  user_pool_tier                = var.pool.tier
  mfa                           = var.pool.mfa
  password_minimum_length       = var.pool.password_minimum_length
  refresh_token_rotation        = var.pool.refresh_token_rotation
  access_token_validity_minutes = var.pool.access_token_validity_minutes
  refresh_token_validity_days   = var.pool.refresh_token_validity_days
  tenant_mode                   = var.pool.tenant_mode
  tenant_main_domain            = var.pool.tenant_mode == "subdomain" ? var.domain_name : null
  tenant_strict                 = var.pool.tenant_strict
  multi_tenant_enabled          = var.pool.multi_tenant_enabled
  cors_allowed_origins          = var.pool.cors_allowed_origins
}

module "database" {
  source = "./database"
  count  = local.makes_database ? 1 : 0

  name                = var.project_name
  subnet_ids          = local.vpc.database_subnet_ids
  security_group_id   = one(aws_security_group.database).id
  postgres_version    = var.postgres_version
  minimum_acu         = var.database_minimum_acu
  maximum_acu         = var.database_maximum_acu
  instances           = var.database_instances
  backup_days         = var.backup_days
  deletion_protection = var.deletion_protection
  log_retention_days  = var.log_retention_days
  client_role_name    = local.role_name
}

module "service" {
  source = "./service"

  name                   = var.project_name
  image                  = var.image
  migration_image        = var.migration_image
  repository_arn         = "arn:aws:ecr:${var.aws_region}:${data.aws_caller_identity.current.account_id}:repository/${var.project_name}"
  environment            = local.environment
  secrets                = local.secrets
  session_secret         = var.session_secret
  previous_secret        = var.previous_session_secret
  role_arn               = local.pool.role_arn
  migration              = local.migration
  vpc_id                 = local.vpc.vpc_id
  load_balancer_subnets  = var.cloudfront ? local.vpc.private_subnet_ids : local.vpc.public_subnet_ids
  is_internal            = var.cloudfront
  task_subnets           = local.task_subnets
  assigns_public_address = local.tasks_are_public
  load_balancer_group_id = aws_security_group.load_balancer.id
  task_group_id          = aws_security_group.service.id
  certificate_arn        = local.certificate_arn
  cpu                    = var.task_cpu
  memory                 = var.task_memory
  architecture           = var.architecture
  minimum_tasks          = var.minimum_tasks
  maximum_tasks          = var.maximum_tasks
  deletion_protection    = var.deletion_protection
  log_retention_days     = var.log_retention_days
}

module "waf" {
  source = "./waf"
  count  = var.waf && !var.cloudfront ? 1 : 0

  name              = var.project_name
  scope             = "REGIONAL"
  load_balancer_arn = module.service.load_balancer_arn
  requests          = var.waf_requests
  sign_ins          = var.waf_sign_ins
}

module "waf_global" {
  source = "./waf"
  count  = var.waf && var.cloudfront ? 1 : 0

  providers = {
    aws = aws.global
  }

  name     = var.project_name
  scope    = "CLOUDFRONT"
  requests = var.waf_requests
  sign_ins = var.waf_sign_ins
}

module "cloudfront" {
  source = "./cloudfront"
  count  = var.cloudfront ? 1 : 0

  providers = {
    aws        = aws
    aws.global = aws.global
  }

  name              = var.project_name
  names             = local.names
  hosted_zone_id    = var.hosted_zone_id
  load_balancer_arn = module.service.load_balancer_arn
  load_balancer_dns = module.service.load_balancer_dns
  web_acl_arn       = one(module.waf_global[*].arn)
}

module "alarms" {
  source = "./alarms"
  count  = var.alarms ? 1 : 0

  name                 = var.project_name
  email                = var.alarm_email
  load_balancer        = module.service.load_balancer_suffix
  target_group         = module.service.target_group_suffix
  cluster              = module.service.cluster
  service              = module.service.service
  minimum_tasks        = var.minimum_tasks
  log_group            = module.service.log_group
  database             = local.makes_database ? one(module.database).cluster : null
  database_maximum_acu = var.database_maximum_acu
}
