# Where, and under which name

variable "aws_region" {
  description = "Region of everything here, but for CloudFront's certificate."
  type        = string
  default     = "ap-northeast-1"
  nullable    = false

  validation {
    condition     = can(regex("^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\\d$", var.aws_region))
    error_message = "Must be the code of a commercial region, such as ap-northeast-1."
  }
}

variable "aws_account_id" {
  description = "The one account that may be touched. With credentials of another one Terraform stops. Null: any."
  type        = string
  default     = null

  validation {
    condition     = var.aws_account_id == null || can(regex("^\\d{12}$", var.aws_account_id))
    error_message = "Must be an account's 12 digits."
  }
}

variable "project_name" {
  description = "What the name of every resource begins with, and the name of the repository of images."
  type        = string
  default     = "sekisho"
  nullable    = false

  validation {
    # The name of the state's bucket has at most 63 characters, and account and region in it.
    condition     = can(regex("^[a-z][a-z0-9-]{0,26}[a-z0-9]$", var.project_name))
    error_message = "Must be 2 to 28 of a-z, 0-9 and -, beginning with a letter and not ending with -."
  }
}

variable "tags" {
  description = "Tags of every resource, besides application = name."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key, value in var.tags : can(regex("^.{1,128}$", key)) && !startswith(key, "aws:") && length(value) <= 256])
    error_message = "Keys have 1 to 128 characters and do not begin with aws:, values have at most 256."
  }
}

variable "domain_name" {
  description = "The application's host name. NEXTAUTH_URL is https:// and this."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain_name))
    error_message = "Must be a host name in lower case, such as app.example.com."
  }
}

variable "hosted_zone_id" {
  description = "Zone at Route 53 that domain_name lies in: certificate and address are put there. Null: bring certificate_arn, and point the name at the output address yourself."
  type        = string
  default     = null

  validation {
    condition     = var.hosted_zone_id == null ? var.certificate_arn != null && !var.cloudfront && var.mail_domain == null : can(regex("^[A-Z0-9]{8,32}$", var.hosted_zone_id))
    error_message = "Must be a zone's id, such as Z0123456789ABC. Without one, certificate_arn is needed, and cloudfront and mail_domain cannot be used."
  }
}

variable "certificate_arn" {
  description = "A certificate of yours for domain_name, in aws_region. Null: one is made, and renews itself."
  type        = string
  default     = null

  validation {
    condition     = var.certificate_arn == null || can(regex("^arn:aws:acm:[a-z0-9-]+:\\d{12}:certificate/[\\w-]+$", var.certificate_arn))
    error_message = "Must be the ARN of a certificate at ACM."
  }
}

# The user pool

variable "pool" {
  description = "Settings of the user pool that is made, as infra/terraform/README.md explains them."
  type = object({
    domain_prefix                 = string
    tier                          = optional(string, "ESSENTIALS")
    mfa                           = optional(string, "OFF")
    password_minimum_length       = optional(number, 8)
    refresh_token_rotation        = optional(bool, false)
    access_token_validity_minutes = optional(number, 60)
    refresh_token_validity_days   = optional(number, 30)
    tenant_mode                   = optional(string, "header")
    tenant_strict                 = optional(bool, true)
    multi_tenant_enabled          = optional(bool, true)
    cors_allowed_origins          = optional(list(string), [])
    sender_name                   = optional(string, "Sekisho")
  })
  default = null

  validation {
    condition     = (var.pool == null) != (var.own_pool == null)
    error_message = "Say either pool, or own_pool."
  }
}

variable "own_pool" {
  description = "A pool that is there already, such as one of infra/bin/terraform_apply: its lines of the dotenv, and the role of its application (app_role_arn)."
  type = object({
    environment = map(string)
    role_arn    = string
  })
  default = null

  validation {
    condition     = var.own_pool == null || can(regex("^arn:aws:iam::\\d{12}:role/", var.own_pool.role_arn))
    error_message = "role_arn must be the ARN of a role."
  }

  validation {
    condition     = !anytrue([for name in try(keys(var.own_pool.environment), []) : endswith(name, "SECRET")])
    error_message = "A client's secret belongs into secrets."
  }
}

# The network

variable "own_vpc" {
  description = "A VPC that is there already. The load balancer lies in its public subnets, the tasks in its private ones, which must reach the internet, and the database in the third."
  type = object({
    vpc_id              = string
    public_subnet_ids   = list(string)
    private_subnet_ids  = list(string)
    database_subnet_ids = list(string)
  })
  default = null

  validation {
    condition     = var.own_vpc == null || try(min(length(var.own_vpc.public_subnet_ids), length(var.own_vpc.private_subnet_ids), length(var.own_vpc.database_subnet_ids)) >= 2, false)
    error_message = "Each kind of subnet is needed in two zones."
  }
}

variable "vpc_cidr" {
  description = "Addresses of the VPC that is made."
  type        = string
  default     = "10.0.0.0/16"
  nullable    = false

  validation {
    condition     = can(cidrhost(var.vpc_cidr, 0)) && try(tonumber(split("/", var.vpc_cidr)[1]) >= 16 && tonumber(split("/", var.vpc_cidr)[1]) <= 22, false)
    error_message = "Must be a range of addresses from /16 to /22."
  }
}

variable "nat" {
  description = "NAT gateways: one, each (one in each zone), or none: then the tasks have public addresses, which only the load balancer can reach."
  type        = string
  default     = "one"
  nullable    = false

  validation {
    condition     = contains(["none", "one", "each"], var.nat)
    error_message = "Must be none, one or each."
  }
}

# The database

variable "own_database" {
  description = "A PostgreSQL that is there already: where it is, and the secrets with its addresses (postgres://…), for the application and for the owner who migrates."
  type = object({
    cidr                 = string
    port                 = optional(number, 5432)
    url_secret_arn       = string
    owner_url_secret_arn = string
  })
  default = null

  validation {
    condition     = var.own_database == null || can(cidrhost(var.own_database.cidr, 0))
    error_message = "cidr must be a range of addresses, such as 10.0.0.0/16."
  }
}

variable "postgres_version" {
  description = "PostgreSQL's version at Aurora. Smaller versions come by themselves, in the maintenance window."
  type        = string
  default     = "16"
  nullable    = false

  validation {
    condition     = can(regex("^1[5-9](\\.\\d+)?$", var.postgres_version))
    error_message = "Must be 15 or later, such as 16 or 16.6."
  }
}

variable "database_minimum_acu" {
  description = "What the database has at least, in capacity units of 2 GB of memory each. The application's listening connections keep it from pausing."
  type        = number
  default     = 0.5
  nullable    = false

  validation {
    condition     = var.database_minimum_acu >= 0.5 && var.database_minimum_acu * 2 == floor(var.database_minimum_acu * 2)
    error_message = "Must be 0.5 or more, in steps of 0.5."
  }
}

variable "database_maximum_acu" {
  description = "What the database grows to under load, which is also the limit of what it can cost."
  type        = number
  default     = 4
  nullable    = false

  validation {
    condition     = var.database_maximum_acu >= max(1, var.database_minimum_acu) && var.database_maximum_acu <= 256
    error_message = "Must be from database_minimum_acu, and 1, to 256."
  }
}

variable "database_instances" {
  description = "1, or 2 and more in other zones: one of them takes over within a minute when the first one fails."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([1, 2, 3], var.database_instances)
    error_message = "Must be 1, 2 or 3."
  }
}

variable "backup_days" {
  description = "To which moment of the last days the database can be brought back."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35 && floor(var.backup_days) == var.backup_days
    error_message = "Must be a whole number from 1 to 35."
  }
}

# The application

variable "image" {
  description = "The image that runs, by its digest. Empty: none yet. infra/bin/deploy says it; without a default nobody takes the application away by leaving it out."
  type        = string
  nullable    = false

  validation {
    condition     = var.image == "" || can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "Must end with a digest, @sha256:…: a tag could come to mean another image."
  }
}

variable "migration_image" {
  description = "The image that migrates: the next one, while the last one still runs. Empty: image."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.migration_image == "" ? var.image != "" : can(regex("@sha256:[0-9a-f]{64}$", var.migration_image))
    error_message = "Must end with a digest, @sha256:…, and one of the two images must be said."
  }
}

variable "settings" {
  description = "More of the application's variables (.env.example), none of them secret."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.settings) : can(regex("^[A-Z][A-Z0-9_]*$", name)) && !can(regex("SECRET|PASSWORD|^DATABASE_URL$|^PORT$", name))])
    error_message = "Names are capitals; a secret belongs into secrets, and PORT is the module's own."
  }
}

variable "secrets" {
  description = "Variables of the application by the ARN of their secret at Secrets Manager, such as COGNITO_APP_CLIENT_SECRET."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.secrets) : can(regex("^arn:aws:secretsmanager:[a-z0-9-]+:\\d{12}:secret:[^:*]+$", arn))])
    error_message = "Each must be the whole ARN of a secret."
  }
}

variable "session_secret" {
  description = "Which of two secrets new sessions are sealed with: a or b. AWS makes them; they are in no state."
  type        = string
  default     = "a"
  nullable    = false

  validation {
    condition     = contains(["a", "b"], var.session_secret)
    error_message = "Must be a or b."
  }
}

variable "previous_session_secret" {
  description = "The other of the two, while the secret is being changed (NEXTAUTH_SECRET_PREVIOUS). Null: there is only one."
  type        = string
  default     = null

  validation {
    condition     = var.previous_session_secret == null || (contains(["a", "b"], coalesce(var.previous_session_secret, "a")) && var.previous_session_secret != var.session_secret)
    error_message = "Must be a or b, and not session_secret."
  }
}

variable "architecture" {
  description = "Processor that the image is built for: X86_64 or ARM64. The latter costs a fifth less."
  type        = string
  default     = "X86_64"
  nullable    = false

  validation {
    condition     = contains(["X86_64", "ARM64"], var.architecture)
    error_message = "Must be X86_64 or ARM64."
  }
}

variable "task_cpu" {
  description = "Processor of a task, in 1024ths."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096], var.task_cpu)
    error_message = "Must be 256, 512, 1024, 2048 or 4096."
  }
}

variable "task_memory" {
  description = "Memory of a task, in MB."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    # Fargate's pairs: from twice as many MB as there are 1024ths of a processor to eight times, or 512 MB for 256.
    condition     = (var.task_cpu == 256 && contains([512, 1024, 2048], var.task_memory)) || (var.task_memory % 1024 == 0 && var.task_memory >= 2 * var.task_cpu && (var.task_memory <= 8 * var.task_cpu))
    error_message = "Must go with task_cpu: 512, 1024 or 2048 for 256, else whole GB from twice to eight times as much."
  }
}

variable "minimum_tasks" {
  description = "Tasks that always run. With 2 one zone can fail."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.minimum_tasks >= 1 && var.minimum_tasks <= 100 && floor(var.minimum_tasks) == var.minimum_tasks
    error_message = "Must be a whole number from 1 to 100."
  }
}

variable "maximum_tasks" {
  description = "Tasks that run under load, which is also the limit of what they can cost."
  type        = number
  default     = 6
  nullable    = false

  validation {
    condition     = var.maximum_tasks >= var.minimum_tasks && var.maximum_tasks <= 1000 && floor(var.maximum_tasks) == var.maximum_tasks
    error_message = "Must be a whole number from minimum_tasks to 1000."
  }
}

variable "deletion_protection" {
  description = "Whether AWS, and infra/bin/deploy --destroy, refuse to delete the pool, the database and the load balancer."
  type        = bool
  default     = true
  nullable    = false
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the logs of the application and of the database."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "Must be one of CloudWatch's: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

# Around it

variable "mail_domain" {
  description = "Domain that the pool's mails come from, by SES (no-reply@…). Null: Cognito's own sender, at most 50 mails a day."
  type        = string
  default     = null

  validation {
    condition     = var.mail_domain == null || can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.mail_domain))
    error_message = "Must be a domain in lower case, in hosted_zone_id."
  }
}

variable "waf" {
  description = "Counts requests by address before the application does, and refuses an address that sends too many."
  type        = bool
  default     = true
  nullable    = false
}

variable "waf_requests" {
  description = "Requests that an address may send in five minutes."
  type        = number
  default     = 3000
  nullable    = false

  validation {
    condition     = var.waf_requests >= 100 && var.waf_requests <= 2000000000
    error_message = "Must be from 100 to 2,000,000,000."
  }
}

variable "waf_sign_ins" {
  description = "Requests to what signs people in that an address may send in five minutes. A company's people may share one."
  type        = number
  default     = 300
  nullable    = false

  validation {
    condition     = var.waf_sign_ins >= 10 && var.waf_sign_ins <= var.waf_requests
    error_message = "Must be from 10 to waf_requests."
  }
}

variable "cloudfront" {
  description = "CloudFront before the load balancer, which then lies in private subnets and is reached in no other way."
  type        = bool
  default     = false
  nullable    = false
}

variable "alarms" {
  description = "Alarms of CloudWatch, which infra/README.md explains."
  type        = bool
  default     = true
  nullable    = false
}

variable "alarm_email" {
  description = "Who is mailed at an alarm; a first mail asks whether they want it. Null: nobody."
  type        = string
  default     = null

  validation {
    condition     = var.alarm_email == null || can(regex("^[^@\\s]+@[^@\\s]+$", var.alarm_email))
    error_message = "Must be an address."
  }
}
