locals {
  tenant = "custom:tenant_id"

  # Always listed: a client without lists may read and write every attribute, the tenant too.
  readable = ["email", "email_verified", "name", "phone_number", "phone_number_verified", local.tenant]
  # Without the tenant: a user who could write it could move to another one (UpdateUserAttributes). Without the phone
  # number: whoever has somebody's access token could have their codes of the second step sent elsewhere.
  writable = ["email", "name"]

  callback_urls = length(var.callback_urls) > 0 ? var.callback_urls : ["${var.app_url}/api/auth/callback/cognito"]
  logout_urls   = length(var.logout_urls) > 0 ? var.logout_urls : ["${var.app_url}/signin"]

  app_host = regex("^https?://([^/:]+)", var.app_url)[0]
  # Where everybody needs a second step, Cognito takes passkeys only if they count as both, which the provider cannot
  # say (terraform-provider-aws#50110). An address is no domain.
  offers_passkeys = var.passkeys_enabled && var.user_pool_tier != "LITE" && var.mfa != "ON" && local.app_host != "127.0.0.1"
  passkey_flow    = local.offers_passkeys ? ["ALLOW_USER_AUTH"] : []

  refresh_flow = var.refresh_token_rotation ? [] : ["ALLOW_REFRESH_TOKEN_AUTH"]

  hosted_ui = "https://${aws_cognito_user_pool_domain.this.domain}.auth.${var.aws_region}.amazoncognito.com"

  # The roles of the application, as lib/roles.ts has them; a test of it holds this file to that.
  groups = jsondecode(file("${path.module}/groups.json"))
}

data "aws_region" "current" {}

resource "aws_cognito_user_pool" "this" {
  name                     = var.project_name
  user_pool_tier           = var.user_pool_tier
  deletion_protection      = var.deletion_protection ? "ACTIVE" : "INACTIVE"
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]
  mfa_configuration        = var.mfa

  username_configuration {
    case_sensitive = false
  }

  admin_create_user_config {
    allow_admin_create_user_only = true

    invite_message_template {
      email_subject = local.messages.invitation.subject
      email_message = local.mails.invitation
      sms_message   = local.messages.invitation.text
    }
  }

  verification_message_template {
    default_email_option = "CONFIRM_WITH_CODE"
    email_subject        = local.messages.code.subject
    email_message        = local.mails.code
    sms_message          = local.messages.code.text
  }

  sms_authentication_message = local.messages.sign_in_text

  # A new address counts only once it is verified: until then the old one signs in and gets the codes.
  user_attribute_update_settings {
    attributes_require_verification_before_update = ["email"]
  }

  password_policy {
    minimum_length                   = var.password_minimum_length
    require_lowercase                = true
    require_uppercase                = true
    require_numbers                  = true
    require_symbols                  = true
    temporary_password_validity_days = var.temporary_password_days
  }

  # Written also where there are none: left out, it would stay as it was. The plan LITE has no such policy.
  dynamic "sign_in_policy" {
    for_each = var.user_pool_tier == "LITE" ? [] : [true]

    content {
      allowed_first_auth_factors = local.offers_passkeys ? ["PASSWORD", "WEB_AUTHN"] : ["PASSWORD"]
    }
  }

  dynamic "web_authn_configuration" {
    for_each = local.offers_passkeys ? [true] : []

    content {
      relying_party_id  = coalesce(var.passkey_domain, local.app_host)
      user_verification = "required"
    }
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }

  # A schema cannot be changed once the pool exists; the limits are Cognito's own, or every plan would change it.
  schema {
    name                = "email"
    attribute_data_type = "String"
    required            = true
    mutable             = true

    string_attribute_constraints {
      min_length = "0"
      max_length = "2048"
    }
  }

  schema {
    name                = trimprefix(local.tenant, "custom:")
    attribute_data_type = "String"
    mutable             = true

    string_attribute_constraints {
      min_length = "1"
      max_length = "64"
    }
  }

  dynamic "software_token_mfa_configuration" {
    for_each = var.mfa == "OFF" ? [] : [true]

    content {
      enabled = true
    }
  }

  dynamic "sms_configuration" {
    for_each = aws_iam_role.sms

    content {
      sns_caller_arn = sms_configuration.value.arn
      external_id    = local.sms_external_id
      sns_region     = var.aws_region
    }
  }

  dynamic "email_configuration" {
    for_each = var.ses_identity_arn[*]

    content {
      email_sending_account = "DEVELOPER"
      source_arn            = email_configuration.value
      from_email_address    = var.email_from
    }
  }

  dynamic "lambda_config" {
    for_each = length(local.pre_token_arns) > 0 || var.custom_message_enabled ? [true] : []

    content {
      custom_message = one(aws_lambda_function.custom_message[*].arn)

      dynamic "pre_token_generation_config" {
        for_each = local.pre_token_arns

        content {
          lambda_arn     = pre_token_generation_config.value
          lambda_version = "V2_0"
        }
      }
    }
  }

  # Cognito tries the role out when it is given it.
  depends_on = [aws_iam_role_policy.sms]

  lifecycle {
    # Of a plan that would destroy the pool, or make another in its place, nothing at all is carried out. What protects
    # the pool at Cognito is asked last: by then its clients, groups and domain would be gone.
    prevent_destroy = true
    # The provider would make another pool for another name. The pool keeps its first one, which nobody sees.
    ignore_changes = [name]

    precondition {
      condition     = data.aws_region.current.id == var.aws_region
      error_message = "The provider is of another region than aws_region."
    }
  }
}

resource "aws_cognito_user_group" "this" {
  for_each = local.groups

  user_pool_id = aws_cognito_user_pool.this.id
  name         = each.key
  description  = each.value.description
  precedence   = each.value.precedence

  # With a group go the memberships, and no later group of the same name brings them back.
  lifecycle {
    prevent_destroy = true
  }
}

# The application's server: sign-in with password or passkey by calls that are signed with its IAM role. ALLOW_USER_AUTH
# has no signed kind: whoever knows the client's id may begin one at Cognito too, as on its own pages, unless the client
# has a secret.
resource "aws_cognito_user_pool_client" "server" {
  name                                 = "server"
  user_pool_id                         = aws_cognito_user_pool.this.id
  generate_secret                      = var.generate_server_client_secret
  explicit_auth_flows                  = concat(["ALLOW_ADMIN_USER_PASSWORD_AUTH"], local.passkey_flow, local.refresh_flow)
  allowed_oauth_flows_user_pool_client = false
  prevent_user_existence_errors        = "ENABLED"
  enable_token_revocation              = true
  read_attributes                      = local.readable
  write_attributes                     = local.writable
  access_token_validity                = var.access_token_validity_minutes
  id_token_validity                    = var.id_token_validity_minutes
  refresh_token_validity               = var.refresh_token_validity_days

  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }

  # Always written: an update that leaves it out is refused once the client has rotated, and never switches it off.
  refresh_token_rotation {
    feature                    = var.refresh_token_rotation ? "ENABLED" : "DISABLED"
    retry_grace_period_seconds = var.refresh_token_rotation ? var.refresh_token_grace_seconds : 0
  }

  lifecycle {
    prevent_destroy = true
  }
}

# The browser redirect to the Hosted UI: authorisation code alone. The application brings PKCE, state and nonce.
resource "aws_cognito_user_pool_client" "web" {
  name            = "web"
  user_pool_id    = aws_cognito_user_pool.this.id
  generate_secret = var.web_client_secret
  # An empty list would mean Cognito's default, with SRP in it. Custom authentication leads nowhere without its triggers.
  explicit_auth_flows                  = var.refresh_token_rotation ? ["ALLOW_CUSTOM_AUTH"] : local.refresh_flow
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_scopes                 = ["openid", "email", "profile"]
  supported_identity_providers         = ["COGNITO"]
  callback_urls                        = local.callback_urls
  logout_urls                          = local.logout_urls
  prevent_user_existence_errors        = "ENABLED"
  enable_token_revocation              = true
  read_attributes                      = local.readable
  write_attributes                     = local.writable
  access_token_validity                = var.access_token_validity_minutes
  id_token_validity                    = var.id_token_validity_minutes
  refresh_token_validity               = var.refresh_token_validity_days

  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }

  # Always written: an update that leaves it out is refused once the client has rotated, and never switches it off.
  refresh_token_rotation {
    feature                    = var.refresh_token_rotation ? "ENABLED" : "DISABLED"
    retry_grace_period_seconds = var.refresh_token_rotation ? var.refresh_token_grace_seconds : 0
  }

  lifecycle {
    prevent_destroy = true
    # The application adds the providers of tenants with a single sign-on of their own.
    ignore_changes = [supported_identity_providers]
  }
}

resource "aws_cognito_user_pool_domain" "this" {
  user_pool_id = aws_cognito_user_pool.this.id
  domain       = var.domain_prefix
  # The classic Hosted UI. Version 2 shows nothing until it is given a branding.
  managed_login_version = 1

  lifecycle {
    prevent_destroy = true
  }
}
