# What each variable changes, and what it does not take.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  domain_prefix = "sekisho-test"
}

run "every_variable_lands_where_it_belongs" {
  override_data {
    target = data.aws_region.current
    values = {
      id = "eu-central-1"
    }
  }

  variables {
    aws_region                     = "eu-central-1"
    project_name                   = "gate"
    tags                           = { team = "identity" }
    deletion_protection            = false
    password_minimum_length        = 14
    temporary_password_days        = 2
    mfa                            = "ON"
    mfa_sms                        = true
    ses_identity_arn               = "arn:aws:ses:eu-central-1:111122223333:identity/example.com"
    email_from                     = "Sekisho <no-reply@example.com>"
    app_url                        = "https://app.example.com"
    logout_urls                    = ["https://app.example.com/bye"]
    generate_server_client_secret  = true
    web_client_secret              = true
    access_token_validity_minutes  = 15
    id_token_validity_minutes      = 20
    refresh_token_validity_days    = 7
    refresh_token_rotation         = true
    refresh_token_grace_seconds    = 30
    pre_token_reserved_concurrency = 25
    api_requests_per_second        = 5
    api_burst                      = 6
    cors_allowed_origins           = ["https://other.example.com", "http://localhost:5173"]
    log_retention_days             = 90
    app_runs_on                    = ["ecs"]
    preferred_token_use            = "id"
    multi_tenant_enabled           = false
    tenant_mode                    = "subdomain"
    tenant_main_domain             = "app.example.com"
    tenant_strict                  = false
    trusted_proxy_hops             = 2
  }

  assert {
    condition     = aws_cognito_user_pool_client.server.access_token_validity == 15 && aws_cognito_user_pool_client.server.id_token_validity == 20 && aws_cognito_user_pool_client.server.refresh_token_validity == 7
    error_message = "The validities do not land on the server client."
  }
  assert {
    condition     = aws_cognito_user_pool_client.web.access_token_validity == 15 && aws_cognito_user_pool_client.web.id_token_validity == 20 && aws_cognito_user_pool_client.web.refresh_token_validity == 7
    error_message = "The validities do not land on the web client."
  }
  assert {
    condition     = jsonencode(aws_cognito_user_pool_client.server.token_validity_units[0]) == jsonencode({ access_token = "minutes", id_token = "minutes", refresh_token = "days" })
    error_message = "The server client counts its validities in other units."
  }
  assert {
    condition     = jsonencode(aws_cognito_user_pool_client.web.token_validity_units[0]) == jsonencode({ access_token = "minutes", id_token = "minutes", refresh_token = "days" })
    error_message = "The web client counts its validities in other units."
  }
  assert {
    condition     = aws_cognito_user_pool_client.server.refresh_token_rotation[0].feature == "ENABLED" && aws_cognito_user_pool_client.server.refresh_token_rotation[0].retry_grace_period_seconds == 30
    error_message = "The server client does not rotate."
  }
  assert {
    condition     = aws_cognito_user_pool_client.web.refresh_token_rotation[0].feature == "ENABLED" && aws_cognito_user_pool_client.web.refresh_token_rotation[0].retry_grace_period_seconds == 30
    error_message = "The web client does not rotate."
  }
  assert {
    condition     = toset(aws_cognito_user_pool.this.sign_in_policy[0].allowed_first_auth_factors) == toset(["PASSWORD"]) && length(aws_cognito_user_pool.this.web_authn_configuration) == 0
    error_message = "Passkeys are offered where everybody needs two steps, which Cognito refuses."
  }
  assert {
    condition     = toset(aws_cognito_user_pool_client.server.explicit_auth_flows) == toset(["ALLOW_ADMIN_USER_PASSWORD_AUTH"])
    error_message = "A rotating server client still allows the plain refresh, which Cognito refuses."
  }
  assert {
    condition     = toset(aws_cognito_user_pool_client.web.explicit_auth_flows) == toset(["ALLOW_CUSTOM_AUTH"])
    error_message = "A rotating web client falls back to Cognito's default flows, SRP among them."
  }
  assert {
    condition     = aws_cognito_user_pool_client.server.generate_secret && aws_cognito_user_pool_client.web.generate_secret
    error_message = "The clients have no secret."
  }
  assert {
    condition     = toset(aws_cognito_user_pool_client.web.callback_urls) == toset(["https://app.example.com/api/auth/callback/cognito"])
    error_message = "The callback does not follow the application's address."
  }
  assert {
    condition     = toset(aws_cognito_user_pool_client.web.logout_urls) == toset(["https://app.example.com/bye"])
    error_message = "The logout URLs are not those that were said."
  }
  assert {
    condition     = aws_cognito_user_pool.this.deletion_protection == "INACTIVE"
    error_message = "The pool's protection is not what was said."
  }
  assert {
    condition     = aws_cognito_user_pool.this.password_policy[0].minimum_length == 14 && aws_cognito_user_pool.this.password_policy[0].temporary_password_validity_days == 2
    error_message = "The password policy is not what was said."
  }
  assert {
    condition     = strcontains(local.mails.invitation, "https://app.example.com/signin") && strcontains(local.mails.invitation, "It works for 2 days.") && strcontains(local.mails.invitation, "有効期間は 2 日です")
    error_message = "The invitation names another address, or other days, than were said."
  }
  assert {
    condition     = aws_cognito_user_pool.this.mfa_configuration == "ON" && aws_cognito_user_pool.this.software_token_mfa_configuration[0].enabled
    error_message = "Authenticator apps are not asked for."
  }
  assert {
    condition     = aws_cognito_user_pool.this.sms_configuration[0].sns_caller_arn == one(aws_iam_role.sms).arn
    error_message = "Text messages have no sender."
  }
  assert {
    condition     = jsondecode(one(aws_iam_role.sms).assume_role_policy).Statement[0].Condition.StringEquals["sts:ExternalId"] == aws_cognito_user_pool.this.sms_configuration[0].external_id
    error_message = "Another's pool could send our text messages."
  }
  assert {
    condition     = jsondecode(one(aws_iam_role.sms).assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333"
    error_message = "Cognito may send our text messages for another account."
  }
  assert {
    condition     = one(aws_lambda_function.pre_token).reserved_concurrent_executions == 25
    error_message = "The trigger is not kept the runs that were said."
  }
  assert {
    condition     = jsondecode(one(aws_iam_role_policy.sms).policy).Statement[0].Action == "sns:Publish" && jsondecode(one(aws_iam_role_policy.sms).policy).Statement[0].NotResource == "arn:aws:sns:*:*:*"
    error_message = "Cognito may do more with SNS than send text messages."
  }
  assert {
    condition     = aws_cognito_user_pool.this.email_configuration[0].source_arn == "arn:aws:ses:eu-central-1:111122223333:identity/example.com" && aws_cognito_user_pool.this.email_configuration[0].from_email_address == "Sekisho <no-reply@example.com>"
    error_message = "The mails have another sender."
  }
  assert {
    condition     = toset(one(aws_apigatewayv2_api.this).cors_configuration[0].allow_origins) == toset(["https://other.example.com", "http://localhost:5173"]) && !one(aws_apigatewayv2_api.this).cors_configuration[0].allow_credentials
    error_message = "The API lets in other origins, or cookies."
  }
  assert {
    condition     = one(aws_apigatewayv2_stage.default).default_route_settings[0].throttling_rate_limit == 5 && one(aws_apigatewayv2_stage.default).default_route_settings[0].throttling_burst_limit == 6
    error_message = "The API's limits are not what was said."
  }
  assert {
    condition     = alltrue([for each in aws_cloudwatch_log_group.lambda : each.retention_in_days == 90]) && one(aws_cloudwatch_log_group.api).retention_in_days == 90
    error_message = "The logs are kept for another time than was said."
  }
  assert {
    condition     = [for each in jsondecode(one(aws_iam_role.app).assume_role_policy).Statement : each.Principal.Service] == ["ecs-tasks.amazonaws.com"] && length(aws_iam_instance_profile.app) == 0
    error_message = "Others than ECS may take on the application's role."
  }
  assert {
    condition     = aws_cognito_user_pool.this.name == "gate" && one(aws_iam_role.app).name == "gate-app" && one(aws_lambda_function.hello).function_name == "gate-hello"
    error_message = "Two stacks of one account would meet."
  }
  assert {
    condition     = strcontains(output.dotenv, "COGNITO_APP_CLIENT_SECRET=${aws_cognito_user_pool_client.server.client_secret}\n") && strcontains(output.dotenv, "COGNITO_WEB_CLIENT_SECRET=${aws_cognito_user_pool_client.web.client_secret}\n")
    error_message = "The dotenv lacks the clients' secrets."
  }
  assert {
    condition = alltrue([for line in [
      "AWS_REGION=eu-central-1", "COGNITO_REFRESH_ROTATION=1", "COGNITO_PREFERRED_TOKEN_USE=id", "MULTI_TENANT_ENABLED=0",
      "TENANT_MODE=subdomain", "TENANT_MAIN_DOMAIN=app.example.com", "TENANT_STRICT=0", "TRUSTED_PROXY_HOPS=2", "NEXTAUTH_URL=https://app.example.com",
      "CORS_ALLOWED_ORIGINS=https://other.example.com,http://localhost:5173",
    ] : strcontains(output.dotenv, "${line}\n")])
    error_message = "The dotenv does not carry the application's settings."
  }
}

run "a_trigger_that_exists_is_used_as_it_is" {
  variables {
    pre_token_lambda_arn = "arn:aws:lambda:ap-northeast-1:111122223333:function:theirs"
  }

  assert {
    condition     = aws_cognito_user_pool.this.lambda_config[0].pre_token_generation_config[0].lambda_arn == "arn:aws:lambda:ap-northeast-1:111122223333:function:theirs"
    error_message = "The pool runs another trigger."
  }
  assert {
    condition     = length(aws_lambda_function.pre_token) + length(aws_lambda_permission.pre_token) == 0 && keys(aws_iam_role.lambda) == ["sekisho-custom-message", "sekisho-hello"]
    error_message = "A trigger is made that nobody runs."
  }
}

run "what_is_switched_off_is_not_made" {
  variables {
    user_pool_tier         = "LITE"
    pre_token_enabled      = false
    custom_message_enabled = false
    api_enabled            = false
    app_role_enabled       = false
  }

  assert {
    condition     = aws_cognito_user_pool.this.user_pool_tier == "LITE"
    error_message = "The pool's plan is not what was said."
  }
  assert {
    condition     = length(aws_cognito_user_pool.this.sign_in_policy) == 0 && length(aws_cognito_user_pool.this.web_authn_configuration) == 0 && !contains(aws_cognito_user_pool_client.server.explicit_auth_flows, "ALLOW_USER_AUTH")
    error_message = "Passkeys are offered on a plan that has none."
  }
  assert {
    condition     = length(aws_cognito_user_pool.this.lambda_config) + length(aws_lambda_function.pre_token) + length(aws_lambda_function.custom_message) + length(aws_lambda_permission.custom_message) == 0
    error_message = "There is a trigger all the same."
  }
  assert {
    condition     = length(aws_apigatewayv2_api.this) + length(aws_apigatewayv2_authorizer.cognito) + length(aws_apigatewayv2_route.hello) + length(aws_apigatewayv2_stage.default) + length(aws_lambda_function.hello) + length(aws_cloudwatch_log_group.api) == 0 && output.hello_url == null
    error_message = "There is an API all the same."
  }
  assert {
    condition     = length(aws_iam_role.app) + length(aws_iam_policy.app) + length(aws_iam_instance_profile.app) + length(aws_iam_role.lambda) + length(aws_cloudwatch_log_group.lambda) == 0 && output.app_role_arn == null
    error_message = "There is a role all the same."
  }
}

run "passkeys_for_a_domain_above" {
  variables {
    app_url        = "https://app.example.com"
    passkey_domain = "example.com"
  }

  assert {
    condition     = aws_cognito_user_pool.this.web_authn_configuration[0].relying_party_id == "example.com"
    error_message = "Passkeys are not for the domain that was said."
  }
}

run "single_sign_on_can_be_left_out" {
  variables {
    single_sign_on_enabled = false
  }

  assert {
    condition     = length([for action in jsondecode(one(aws_iam_policy.app).policy).Statement[0].Action : action if can(regex("IdentityProvider|ProviderForUser|UserPoolClient$|SetUserPassword", action)) && action != "cognito-idp:DescribeUserPoolClient"]) == 0
    error_message = "The application may change clients and providers all the same."
  }
}

run "passkeys_can_be_left_out" {
  variables {
    passkeys_enabled = false
  }

  assert {
    condition     = toset(aws_cognito_user_pool.this.sign_in_policy[0].allowed_first_auth_factors) == toset(["PASSWORD"]) && length(aws_cognito_user_pool.this.web_authn_configuration) == 0 && !contains(aws_cognito_user_pool_client.server.explicit_auth_flows, "ALLOW_USER_AUTH")
    error_message = "Passkeys are offered all the same."
  }
}

run "passkeys_need_a_domain" {
  variables {
    app_url = "http://127.0.0.1:3000"
  }

  assert {
    condition     = length(aws_cognito_user_pool.this.web_authn_configuration) == 0
    error_message = "Passkeys are offered at an address, where no browser uses one."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    aws_region                     = "cn-north-1"
    aws_account_id                 = "12345"
    project_name                   = "Sekisho App"
    tags                           = { "aws:mine" = "no" }
    user_pool_tier                 = "LITE"
    password_minimum_length        = 7
    temporary_password_days        = 0
    mfa                            = "off"
    ses_identity_arn               = "example.com"
    domain_prefix                  = "my-cognito"
    app_url                        = "http://app.example.com"
    callback_urls                  = ["https://*.example.com/callback"]
    logout_urls                    = ["http://app.example.com/signin"]
    access_token_validity_minutes  = 4
    id_token_validity_minutes      = 1441
    refresh_token_validity_days    = 0
    refresh_token_rotation         = true
    refresh_token_grace_seconds    = 61
    pre_token_enabled              = true
    pre_token_lambda_arn           = "pre-token-generation"
    pre_token_reserved_concurrency = 0
    api_requests_per_second        = 0
    api_burst                      = 0
    cors_allowed_origins           = ["*"]
    log_retention_days             = 31
    app_runs_on                    = ["anything"]
    preferred_token_use            = "both"
    tenant_mode                    = "path"
    trusted_proxy_hops             = 11
  }

  expect_failures = [
    var.aws_region, var.aws_account_id, var.project_name, var.tags, var.password_minimum_length, var.temporary_password_days,
    var.mfa, var.ses_identity_arn, var.domain_prefix, var.app_url, var.callback_urls, var.logout_urls,
    var.access_token_validity_minutes, var.id_token_validity_minutes, var.refresh_token_validity_days, var.refresh_token_rotation,
    var.refresh_token_grace_seconds, var.pre_token_enabled, var.pre_token_lambda_arn,
    var.pre_token_reserved_concurrency, var.api_requests_per_second,
    var.api_burst, var.cors_allowed_origins, var.log_retention_days, var.app_runs_on, var.preferred_token_use,
    var.tenant_mode, var.trusted_proxy_hops,
  ]
}

run "a_provider_of_another_region_is_refused" {
  command = plan

  variables {
    aws_region = "eu-central-1"
  }

  expect_failures = [aws_cognito_user_pool.this]
}

run "what_needs_something_else_says_so" {
  command = plan

  variables {
    user_pool_tier    = "PLUS"
    mfa_sms           = true
    passkey_domain    = "example.com"
    email_from        = "no-reply@example.com"
    tenant_mode       = "subdomain"
    pre_token_enabled = false
  }

  expect_failures = [var.user_pool_tier, var.mfa_sms, var.passkey_domain, var.email_from, var.tenant_main_domain]
}
