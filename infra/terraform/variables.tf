# Where and under which name

variable "aws_region" {
  description = "Region of everything here, and AWS_REGION of the application."
  type        = string
  default     = "ap-northeast-1"
  nullable    = false

  validation {
    # The addresses of the Hosted UI and the ARNs are made otherwise in China and GovCloud.
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
  description = "What the name of every resource begins with. Another name in one account makes another stack."
  type        = string
  default     = "sekisho"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.project_name))
    error_message = "Must be 2 to 31 of a-z, 0-9 and -, beginning with a letter."
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

# The user pool

variable "user_pool_tier" {
  description = "Cognito's feature plan, ESSENTIALS or LITE. The pre-token-generation trigger and refresh-token rotation need ESSENTIALS."
  type        = string
  default     = "ESSENTIALS"
  nullable    = false

  validation {
    condition = contains(["LITE", "ESSENTIALS"], var.user_pool_tier)
    # PLUS is paid for threat protection, which judges by what the application would have to tell of each browser.
    error_message = "Must be LITE or ESSENTIALS."
  }
}

variable "deletion_protection" {
  description = "Whether Cognito refuses to delete the pool, and with it every user."
  type        = bool
  default     = true
  nullable    = false
}

variable "password_minimum_length" {
  description = "Shortest password. Lower case, upper case, digits and symbols are always required."
  type        = number
  default     = 8
  nullable    = false

  validation {
    condition     = var.password_minimum_length >= 8 && var.password_minimum_length <= 99 && floor(var.password_minimum_length) == var.password_minimum_length
    error_message = "Must be a whole number from 8 to 99."
  }
}

variable "temporary_password_days" {
  description = "How long an invitation's password may be used."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.temporary_password_days >= 1 && var.temporary_password_days <= 365 && floor(var.temporary_password_days) == var.temporary_password_days
    error_message = "Must be a whole number from 1 to 365."
  }
}

variable "mfa" {
  description = "Second factor: OFF, OPTIONAL (whoever turns one on) or ON (everybody). Turned ON for an existing pool, it asks everyone at the next sign-in."
  type        = string
  default     = "OFF"
  nullable    = false

  validation {
    condition     = contains(["OFF", "OPTIONAL", "ON"], var.mfa)
    error_message = "Must be OFF, OPTIONAL or ON."
  }
}

variable "mfa_sms" {
  description = "Offers codes by text message beside authenticator apps. Each text costs; a new account's SNS is in a sandbox."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.mfa_sms || var.mfa != "OFF"
    error_message = "Needs mfa to be OPTIONAL or ON."
  }
}

variable "single_sign_on_enabled" {
  description = "Lets the application make tenants' identity providers and add them to the web client."
  type        = bool
  default     = true
  nullable    = false
}

variable "passkeys_enabled" {
  description = "Offers passkeys beside passwords. Needs ESSENTIALS, and mfa other than ON."
  type        = bool
  default     = true
  nullable    = false
}

variable "passkey_domain" {
  description = "The domain that passkeys are for: the host of app_url, or one above it. Another one makes all there are useless. Null: that host."
  type        = string
  default     = null

  validation {
    condition     = var.passkey_domain == null ? true : can(regex("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", var.passkey_domain)) && can(regex("^https?://([^/:]+\\.)?${replace(var.passkey_domain, ".", "\\.")}(:\\d+)?$", var.app_url))
    error_message = "passkey_domain must be the host of app_url, or a domain above it."
  }
}

variable "ses_identity_arn" {
  description = "Verified SES identity that sends the mails. Null: Cognito's own sender, at most 50 mails a day."
  type        = string
  default     = null

  validation {
    condition     = var.ses_identity_arn == null || can(regex("^arn:[\\w-]+:ses:[\\w-]+:\\d{12}:identity/.+$", var.ses_identity_arn))
    error_message = "Must be the ARN of an SES identity."
  }
}

variable "email_from" {
  description = "Sender of the mails, such as \"Sekisho <no-reply@example.com>\"; needs ses_identity_arn."
  type        = string
  default     = null

  validation {
    condition     = var.email_from == null || (var.ses_identity_arn != null && can(regex("@", var.email_from)))
    error_message = "Must be an address, together with ses_identity_arn."
  }
}

variable "domain_prefix" {
  description = "First label of the Hosted UI's address, unique in the region: https://<domain_prefix>.auth.<region>.amazoncognito.com."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.domain_prefix)) && !can(regex("aws|amazon|cognito", var.domain_prefix))
    error_message = "Must be 1 to 63 of a-z, 0-9 and -, without aws, amazon and cognito, neither beginning nor ending with -."
  }
}

# The two clients

variable "app_url" {
  description = "Where browsers find the application: NEXTAUTH_URL, and what the callback and logout URLs are made of."
  type        = string
  default     = "http://localhost:3000"
  nullable    = false

  validation {
    condition     = can(regex("^(https://[^/?#\\s]+|http://(localhost|127\\.0\\.0\\.1)(:\\d+)?)$", var.app_url))
    error_message = "Must be https:// and a host without a path; http:// only for localhost."
  }
}

variable "callback_urls" {
  description = "Where the Hosted UI may send a browser back to. Empty: the application's own, /api/auth/callback/cognito."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for url in var.callback_urls : can(regex("^(https://[^#\\s*]+|http://(localhost|127\\.0\\.0\\.1)(:\\d+)?(/[^#\\s*]*)?)$", url))])
    error_message = "Each must be an exact https:// URL without a fragment; http:// only for localhost."
  }
}

variable "logout_urls" {
  description = "Where the Hosted UI may send a browser after signing out. Empty: the application's own, /signin."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for url in var.logout_urls : can(regex("^(https://[^#\\s*]+|http://(localhost|127\\.0\\.0\\.1)(:\\d+)?(/[^#\\s*]*)?)$", url))])
    error_message = "Each must be an exact https:// URL without a fragment; http:// only for localhost."
  }
}

variable "generate_server_client_secret" {
  description = "Gives the server client a secret. It is in the state, and changing this makes a new client."
  type        = bool
  default     = false
  nullable    = false
}

variable "web_client_secret" {
  description = "Gives the web client a secret. It is in the state, and changing this makes a new client."
  type        = bool
  default     = false
  nullable    = false
}

variable "access_token_validity_minutes" {
  description = "Lifetime of access tokens. Until then whoever verifies one locally takes it, whatever became of the user."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.access_token_validity_minutes >= 5 && var.access_token_validity_minutes <= 1440 && floor(var.access_token_validity_minutes) == var.access_token_validity_minutes
    error_message = "Must be a whole number from 5 to 1440."
  }
}

variable "id_token_validity_minutes" {
  description = "Lifetime of ID tokens."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.id_token_validity_minutes >= 5 && var.id_token_validity_minutes <= 1440 && floor(var.id_token_validity_minutes) == var.id_token_validity_minutes
    error_message = "Must be a whole number from 5 to 1440."
  }
}

variable "refresh_token_validity_days" {
  description = "Lifetime of refresh tokens: how long an API client goes on without a password."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.refresh_token_validity_days >= 1 && var.refresh_token_validity_days <= 3650 && floor(var.refresh_token_validity_days) == var.refresh_token_validity_days
    error_message = "Must be a whole number from 1 to 3650."
  }
}

variable "refresh_token_rotation" {
  description = "Each refresh gives a new refresh token and ends the old one (COGNITO_REFRESH_ROTATION). API clients must keep the new one."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.refresh_token_rotation || var.user_pool_tier != "LITE"
    error_message = "Needs user_pool_tier ESSENTIALS."
  }
}

variable "refresh_token_grace_seconds" {
  description = "How long a rotated refresh token still works, for a client that lost the answer."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.refresh_token_grace_seconds >= 0 && var.refresh_token_grace_seconds <= 60 && floor(var.refresh_token_grace_seconds) == var.refresh_token_grace_seconds
    error_message = "Must be a whole number from 0 to 60."
  }
}

# The pre-token-generation trigger

variable "pre_token_enabled" {
  description = "Puts the tenant on access tokens. Without it the application asks Cognito for it, and GET /hello knows none."
  type        = bool
  default     = true
  nullable    = false

  validation {
    condition     = !var.pre_token_enabled || var.user_pool_tier != "LITE"
    error_message = "Needs user_pool_tier ESSENTIALS."
  }
}

variable "pre_token_lambda_arn" {
  description = "A pre-token-generation function that exists already and that this pool may invoke. Null: it is made here."
  type        = string
  default     = null

  validation {
    condition     = var.pre_token_lambda_arn == null || can(regex("^arn:[\\w-]+:lambda:[\\w-]+:\\d{12}:function:[\\w-]+(:[\\w$-]+)?$", var.pre_token_lambda_arn))
    error_message = "Must be the ARN of a Lambda function."
  }
}

variable "pre_token_reserved_concurrency" {
  description = "How many runs of the trigger the account keeps free for it; -1 keeps none. Every sign-in waits for it."
  type        = number
  default     = -1
  nullable    = false

  validation {
    # 0 would keep every run from happening, and with it every sign-in.
    condition     = var.pre_token_reserved_concurrency == -1 || (var.pre_token_reserved_concurrency >= 1 && var.pre_token_reserved_concurrency <= 1000 && floor(var.pre_token_reserved_concurrency) == var.pre_token_reserved_concurrency)
    error_message = "Must be -1, or a whole number from 1 to 1000."
  }
}

# The custom message trigger

variable "custom_message_enabled" {
  description = "An invitation says which tenant it is to, and who invites; who comes by a company's single sign-on recovers no password. Without it all invitations read the same, and Cognito's own pages let them choose one."
  type        = bool
  default     = true
  nullable    = false
}

# The protected API

variable "api_enabled" {
  description = "Makes the API Gateway with GET /hello, its authorizer and its Lambda."
  type        = bool
  default     = true
  nullable    = false
}

variable "api_requests_per_second" {
  description = "What the API takes in the long run; more is answered 429."
  type        = number
  default     = 20
  nullable    = false

  validation {
    condition     = var.api_requests_per_second >= 1 && var.api_requests_per_second <= 10000
    error_message = "Must be from 1 to 10000."
  }
}

variable "api_burst" {
  description = "What the API takes at once."
  type        = number
  default     = 40
  nullable    = false

  validation {
    condition     = var.api_burst >= 1 && var.api_burst <= 5000 && floor(var.api_burst) == var.api_burst
    error_message = "Must be a whole number from 1 to 5000."
  }
}

variable "cors_allowed_origins" {
  description = "Foreign origins whose pages may call GET /hello and the application's API (CORS_ALLOWED_ORIGINS). Empty: none."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for origin in var.cors_allowed_origins : can(regex("^(https://[a-z0-9.-]+(:\\d+)?|http://(localhost|127\\.0\\.0\\.1)(:\\d+)?)$", origin))])
    error_message = "Each must be an exact https:// origin without a path or *; http:// only for localhost."
  }
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the logs of the Lambdas and of the API."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "Must be one of CloudWatch's: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

# The application's role

variable "app_role_enabled" {
  description = "Makes the application's IAM policy, and a role that has it."
  type        = bool
  default     = true
  nullable    = false
}

variable "app_runs_on" {
  description = "Who may assume the role: ecs, lambda, ec2. Name only what you use."
  type        = set(string)
  default     = ["ecs", "lambda", "ec2"]
  nullable    = false

  validation {
    condition     = length(var.app_runs_on) > 0 && length(setsubtract(var.app_runs_on, ["ecs", "lambda", "ec2"])) == 0
    error_message = "Must be one or more of ecs, lambda and ec2."
  }
}

# The application's own settings, for the dotenv

variable "preferred_token_use" {
  description = "Which token the application's API takes (COGNITO_PREFERRED_TOKEN_USE): access or id."
  type        = string
  default     = "access"
  nullable    = false

  validation {
    condition     = contains(["access", "id"], var.preferred_token_use)
    error_message = "Must be access or id."
  }
}

variable "multi_tenant_enabled" {
  description = "Whether there are tenants (MULTI_TENANT_ENABLED)."
  type        = bool
  default     = true
  nullable    = false
}

variable "tenant_mode" {
  description = "What may name the tenant a caller means (TENANT_MODE): header, subdomain, or the claim alone."
  type        = string
  default     = "header"
  nullable    = false

  validation {
    condition     = contains(["header", "subdomain", "claim"], var.tenant_mode)
    error_message = "Must be header, subdomain or claim."
  }
}

variable "tenant_main_domain" {
  description = "Domain whose subdomains name tenants (TENANT_MAIN_DOMAIN), such as app.example.com."
  type        = string
  default     = null

  validation {
    condition     = var.tenant_main_domain == null ? var.tenant_mode != "subdomain" : can(regex("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", var.tenant_main_domain))
    error_message = "Must be a host name, and tenant_mode subdomain needs one."
  }
}

variable "tenant_strict" {
  description = "Whether even an operator is kept to the own tenant (TENANT_STRICT)."
  type        = bool
  default     = true
  nullable    = false
}

variable "trusted_proxy_hops" {
  description = "How many proxies of yours write X-Forwarded-For (TRUSTED_PROXY_HOPS). Behind https the application wants it said. Null: no line of the dotenv."
  type        = number
  default     = null

  validation {
    condition     = var.trusted_proxy_hops == null || try(var.trusted_proxy_hops >= 0 && var.trusted_proxy_hops <= 10 && floor(var.trusted_proxy_hops) == var.trusted_proxy_hops, false)
    error_message = "Must be a whole number from 0 to 10."
  }
}
