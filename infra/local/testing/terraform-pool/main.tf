# What a pool is commonly made of, against a Cognito that is not AWS's. The variables are what an update changes.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.98, < 7.0"
    }
  }
}

variable "endpoint" {
  type        = string
  description = "Where the Cognito API is."
}

variable "description" {
  type        = string
  description = "Of the group, and a tag of the pool."
  default     = "first"
}

variable "deletion_protection" {
  type        = string
  description = "Of the pool."
  default     = "ACTIVE"
}

variable "access_token_minutes" {
  type        = number
  description = "Lifetime of the client's access tokens."
  default     = 60
}

provider "aws" {
  region                      = "ap-northeast-1"
  access_key                  = "local"
  secret_key                  = "local"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true

  default_tags {
    tags = { project = "contract" }
  }

  endpoints {
    cognitoidp = var.endpoint
  }
}

resource "aws_cognito_user_pool" "this" {
  name                     = "contract"
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]
  mfa_configuration        = "OPTIONAL"
  user_pool_tier           = "ESSENTIALS"
  deletion_protection      = var.deletion_protection
  tags                     = { revision = var.description }

  username_configuration {
    case_sensitive = false
  }

  software_token_mfa_configuration {
    enabled = true
  }

  password_policy {
    minimum_length                   = 12
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = true
    require_uppercase                = true
    temporary_password_validity_days = 3
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }

  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  schema {
    name                = "email"
    attribute_data_type = "String"
    mutable             = true
    required            = true

    string_attribute_constraints {
      min_length = "0"
      max_length = "2048"
    }
  }

  schema {
    name                = "tenant_id"
    attribute_data_type = "String"
    mutable             = true

    string_attribute_constraints {
      min_length = "1"
      max_length = "64"
    }
  }
}

resource "aws_cognito_resource_server" "reports" {
  user_pool_id = aws_cognito_user_pool.this.id
  identifier   = "https://reports.example"
  name         = "Reports"

  scope {
    scope_name        = "read"
    scope_description = "Read reports"
  }
}

resource "aws_cognito_user_pool_client" "web" {
  name                                 = "web"
  user_pool_id                         = aws_cognito_user_pool.this.id
  generate_secret                      = true
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_scopes                 = ["openid", "email", "${aws_cognito_resource_server.reports.identifier}/read"]
  callback_urls                        = ["https://app.example/callback"]
  logout_urls                          = ["https://app.example/"]
  supported_identity_providers         = ["COGNITO"]
  explicit_auth_flows                  = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  prevent_user_existence_errors        = "ENABLED"
  access_token_validity                = var.access_token_minutes
  id_token_validity                    = 60
  refresh_token_validity               = 30
  read_attributes                      = ["email", "email_verified", "custom:tenant_id"]
  write_attributes                     = ["email"]

  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }
}

resource "aws_cognito_user_pool_client" "rotating" {
  name                = "rotating"
  user_pool_id        = aws_cognito_user_pool.this.id
  explicit_auth_flows = ["ALLOW_USER_PASSWORD_AUTH"]

  refresh_token_rotation {
    feature                    = "ENABLED"
    retry_grace_period_seconds = 10
  }
}

resource "aws_cognito_user_pool_domain" "this" {
  user_pool_id = aws_cognito_user_pool.this.id
  domain       = "contract-terraform"
}

resource "aws_cognito_user_pool_ui_customization" "this" {
  # The customisation needs the domain, which the pool does not know of.
  user_pool_id = aws_cognito_user_pool_domain.this.user_pool_id
  css          = ".submitButton-customizable { background-color: #334455 }"
}

resource "aws_cognito_user_group" "admin" {
  name         = "admin"
  user_pool_id = aws_cognito_user_pool.this.id
  description  = var.description
  precedence   = 1
}

resource "aws_cognito_user" "alice" {
  user_pool_id   = aws_cognito_user_pool.this.id
  username       = "alice@acme.example"
  password       = "Correct-horse-1"
  message_action = "SUPPRESS"

  attributes = {
    email          = "alice@acme.example"
    email_verified = true
    tenant_id      = "acme"
  }
}

resource "aws_cognito_user_in_group" "alice_admin" {
  user_pool_id = aws_cognito_user_pool.this.id
  group_name   = aws_cognito_user_group.admin.name
  username     = aws_cognito_user.alice.username
}

output "user_pool_id" {
  value = aws_cognito_user_pool.this.id
}

output "client_id" {
  value = aws_cognito_user_pool_client.web.id
}
