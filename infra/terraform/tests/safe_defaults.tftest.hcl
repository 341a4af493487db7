# What holds with nothing set but the Hosted UI's name. Every resource is a mock: no account, no network.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  domain_prefix = "sekisho-test"
}

run "the_pool_and_its_clients" {
  assert {
    condition     = aws_cognito_user_pool.this.admin_create_user_config[0].allow_admin_create_user_only
    error_message = "Anybody could sign up."
  }
  assert {
    condition     = aws_cognito_user_pool.this.deletion_protection == "ACTIVE"
    error_message = "The pool could be deleted by mistake."
  }
  assert {
    condition     = toset(aws_cognito_user_pool.this.username_attributes) == toset(["email"])
    error_message = "People do not sign in with their e-mail."
  }
  assert {
    condition     = !aws_cognito_user_pool.this.username_configuration[0].case_sensitive
    error_message = "Bob@… and bob@… would be two users."
  }
  assert {
    condition     = aws_cognito_user_pool.this.password_policy[0].minimum_length >= 8
    error_message = "Passwords may be too short."
  }
  assert {
    condition     = aws_cognito_user_pool.this.password_policy[0].require_lowercase
    error_message = "Passwords need no lower case."
  }
  assert {
    condition     = aws_cognito_user_pool.this.password_policy[0].require_uppercase
    error_message = "Passwords need no upper case."
  }
  assert {
    condition     = aws_cognito_user_pool.this.password_policy[0].require_numbers
    error_message = "Passwords need no digit."
  }
  assert {
    condition     = aws_cognito_user_pool.this.password_policy[0].require_symbols
    error_message = "Passwords need no symbol."
  }
  assert {
    condition = alltrue([
      for attribute in aws_cognito_user_pool.this.schema : attribute.string_attribute_constraints[0].min_length == "1"
      && attribute.string_attribute_constraints[0].max_length == "64" && attribute.attribute_data_type == "String"
      if attribute.name == "tenant_id"
    ]) && contains([for attribute in aws_cognito_user_pool.this.schema : attribute.name], "tenant_id")
    error_message = "The tenant is not a text of 1 to 64 characters."
  }
  assert {
    condition     = [for each in aws_cognito_user_pool.this.account_recovery_setting[0].recovery_mechanism : each.name] == ["verified_email"]
    error_message = "A forgotten password is not recovered by e-mail alone."
  }
  assert {
    condition     = contains(aws_cognito_user_pool.this.user_attribute_update_settings[0].attributes_require_verification_before_update, "email")
    error_message = "A new e-mail address counts before it is verified."
  }
  assert {
    condition     = contains(aws_cognito_user_pool.this.auto_verified_attributes, "email")
    error_message = "E-mail addresses are not verified."
  }
  assert {
    condition     = strcontains(aws_cognito_user_pool.this.admin_create_user_config[0].invite_message_template[0].email_message, "http://localhost:3000/signin")
    error_message = "An invitation does not say where the application is."
  }
  assert {
    condition     = strcontains(aws_cognito_user_pool.this.admin_create_user_config[0].invite_message_template[0].email_message, "It works for 7 days.")
    error_message = "An invitation does not say how long its password works."
  }
  assert {
    condition     = alltrue([for mail in [aws_cognito_user_pool.this.verification_message_template[0].email_message] : strcontains(mail, "http://localhost:3000/forgot-password?step=code") && strcontains(mail, "{####}")])
    error_message = "A mailed code does not say where it is entered."
  }
  assert {
    condition     = !can(regex("\\{[a-z_]+\\}", replace(join("", values(local.mails)), "{username}", "")))
    error_message = "A mail has a gap that nothing fills."
  }
  assert {
    condition     = aws_cognito_user_pool.this.sms_authentication_message == local.messages.sign_in_text && aws_cognito_user_pool.this.verification_message_template[0].sms_message == local.messages.code.text
    error_message = "The text messages are not ours."
  }
  assert {
    condition     = aws_cognito_user_pool.this.mfa_configuration == "OFF" && length(aws_iam_role.sms) == 0
    error_message = "A second factor is asked for without being asked for."
  }
  assert {
    condition     = aws_cognito_user_pool.this.user_pool_tier == "ESSENTIALS"
    error_message = "The trigger needs the plan ESSENTIALS."
  }
  assert {
    condition     = toset(aws_cognito_user_pool.this.sign_in_policy[0].allowed_first_auth_factors) == toset(["PASSWORD", "WEB_AUTHN"])
    error_message = "Passkeys are not offered, or something else is."
  }
  assert {
    condition     = aws_cognito_user_pool.this.web_authn_configuration[0].relying_party_id == "localhost"
    error_message = "Passkeys are for another domain than the application's."
  }
  assert {
    condition     = aws_cognito_user_pool.this.web_authn_configuration[0].user_verification == "required"
    error_message = "A passkey works for whoever holds the device."
  }
  assert {
    condition     = keys(aws_cognito_user_group.this) == keys(jsondecode(file("groups.json")))
    error_message = "The application's groups are not all there."
  }

  assert {
    condition     = length(aws_cognito_user_pool_client.server.write_attributes) > 0 && !contains(aws_cognito_user_pool_client.server.write_attributes, "custom:tenant_id")
    error_message = "Users could move to another tenant through the server client."
  }
  assert {
    condition     = length(aws_cognito_user_pool_client.web.write_attributes) > 0 && !contains(aws_cognito_user_pool_client.web.write_attributes, "custom:tenant_id")
    error_message = "Users could move to another tenant through the web client."
  }
  assert {
    condition     = contains(aws_cognito_user_pool_client.server.read_attributes, "custom:tenant_id")
    error_message = "The server client's ID tokens would not name the tenant."
  }
  assert {
    condition     = contains(aws_cognito_user_pool_client.web.read_attributes, "custom:tenant_id")
    error_message = "The web client's ID tokens would not name the tenant."
  }

  assert {
    condition     = toset(aws_cognito_user_pool_client.server.explicit_auth_flows) == toset(["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
    error_message = "The server client allows other flows than password by a signed call, passkey, and refresh."
  }
  assert {
    condition     = !contains(aws_cognito_user_pool_client.server.write_attributes, "phone_number") && !contains(aws_cognito_user_pool_client.web.write_attributes, "phone_number")
    error_message = "Users could have their codes texted elsewhere without their password."
  }
  assert {
    condition     = !aws_cognito_user_pool_client.server.allowed_oauth_flows_user_pool_client
    error_message = "The server client takes part in OAuth."
  }
  assert {
    condition     = !aws_cognito_user_pool_client.server.generate_secret && !aws_cognito_user_pool_client.web.generate_secret
    error_message = "A client's secret is put into the state without being asked for."
  }
  assert {
    condition     = aws_cognito_user_pool_client.server.prevent_user_existence_errors == "ENABLED"
    error_message = "The server client tells who has an account."
  }
  assert {
    condition     = aws_cognito_user_pool_client.server.refresh_token_rotation[0].feature == "DISABLED" && aws_cognito_user_pool_client.server.refresh_token_rotation[0].retry_grace_period_seconds == 0
    error_message = "The server client's rotation is not said to be off: once it was on, it would stay so."
  }
  assert {
    condition     = aws_cognito_user_pool_client.web.refresh_token_rotation[0].feature == "DISABLED" && aws_cognito_user_pool_client.web.refresh_token_rotation[0].retry_grace_period_seconds == 0
    error_message = "The web client's rotation is not said to be off: once it was on, it would stay so."
  }
  assert {
    condition     = output.user_pool_id == output.COGNITO_USER_POOL_ID && output.user_pool_arn == aws_cognito_user_pool.this.arn && output.server_app_client_id == output.COGNITO_APP_CLIENT_ID && output.web_app_client_id == output.COGNITO_WEB_CLIENT_ID && output.hosted_ui_base_url == output.COGNITO_DOMAIN
    error_message = "An output says something else than the environment of that name."
  }
  assert {
    condition     = aws_cognito_user_pool_client.server.enable_token_revocation
    error_message = "The server client's tokens cannot be revoked."
  }

  assert {
    condition     = aws_cognito_user_pool_client.web.allowed_oauth_flows_user_pool_client && toset(aws_cognito_user_pool_client.web.allowed_oauth_flows) == toset(["code"])
    error_message = "The web client grants otherwise than by code."
  }
  assert {
    condition     = toset(aws_cognito_user_pool_client.web.allowed_oauth_scopes) == toset(["openid", "email", "profile"])
    error_message = "The web client's scopes are not openid, email and profile."
  }
  assert {
    condition     = toset(aws_cognito_user_pool_client.web.explicit_auth_flows) == toset(["ALLOW_REFRESH_TOKEN_AUTH"])
    error_message = "The web client takes passwords itself."
  }
  assert {
    condition     = aws_cognito_user_pool_client.web.prevent_user_existence_errors == "ENABLED"
    error_message = "The web client tells who has an account."
  }
  assert {
    condition     = aws_cognito_user_pool_client.web.enable_token_revocation
    error_message = "The web client's tokens cannot be revoked."
  }
  assert {
    condition     = toset(aws_cognito_user_pool_client.web.callback_urls) == toset(["http://localhost:3000/api/auth/callback/cognito"])
    error_message = "The Hosted UI does not send back to the application's callback alone."
  }
  assert {
    condition     = toset(aws_cognito_user_pool_client.web.logout_urls) == toset(["http://localhost:3000/signin"])
    error_message = "The Hosted UI does not sign out to the application's sign-in page alone."
  }
  assert {
    condition     = toset(aws_cognito_user_pool_client.web.supported_identity_providers) == toset(["COGNITO"])
    error_message = "Others than the pool's own users sign in."
  }

  assert {
    condition     = strcontains(output.dotenv, "COGNITO_USER_POOL_ID=${aws_cognito_user_pool.this.id}\n") && strcontains(output.dotenv, "COGNITO_APP_CLIENT_ID=${aws_cognito_user_pool_client.server.id}\n") && strcontains(output.dotenv, "COGNITO_WEB_CLIENT_ID=${aws_cognito_user_pool_client.web.id}\n")
    error_message = "The dotenv names another pool or client."
  }
  assert {
    condition     = strcontains(output.dotenv, "COGNITO_DOMAIN=https://sekisho-test.auth.ap-northeast-1.amazoncognito.com\n")
    error_message = "The dotenv names another Hosted UI."
  }
  assert {
    condition     = !strcontains(output.dotenv, "SECRET")
    error_message = "The dotenv has a secret that was not asked for."
  }
  assert {
    condition     = alltrue([for url in [output.authorization_endpoint, output.token_endpoint, output.logout_endpoint] : startswith(url, "${output.COGNITO_DOMAIN}/")])
    error_message = "The Hosted UI's addresses are not below its base."
  }
}

run "the_roles" {
  assert {
    condition     = alltrue([for each in jsondecode(one(aws_iam_policy.app).policy).Statement : each.Resource == aws_cognito_user_pool.this.arn])
    error_message = "The application's policy reaches beyond its pool."
  }
  assert {
    condition     = alltrue(flatten([for each in jsondecode(one(aws_iam_policy.app).policy).Statement : [for action in flatten([each.Action]) : can(regex("^cognito-idp:[A-Za-z]+$", action))]]))
    error_message = "The application's policy has an action with *, or of another service."
  }
  assert {
    condition     = alltrue([for each in jsondecode(one(aws_iam_policy.app).policy).Statement : sort(keys(each)) == sort(["Effect", "Action", "Resource"]) && each.Effect == "Allow"])
    error_message = "The application's policy is more than one plain permission."
  }
  assert {
    condition     = length(setintersection([for action in jsondecode(one(aws_iam_policy.app).policy).Statement[0].Action : lower(action)], ["cognito-idp:deleteuserpool", "cognito-idp:updateuserpool", "cognito-idp:createuserpoolclient", "cognito-idp:adminupdateuserattributes"])) == 0
    error_message = "The application could change its pool, or write anybody's tenant."
  }
  assert {
    condition     = toset([for each in jsondecode(one(aws_iam_role.app).assume_role_policy).Statement : each.Principal.Service]) == toset(["ecs-tasks.amazonaws.com", "lambda.amazonaws.com", "ec2.amazonaws.com"])
    error_message = "Others than ECS, Lambda and EC2 may take on the application's role."
  }
  assert {
    condition     = alltrue([for each in jsondecode(one(aws_iam_role.app).assume_role_policy).Statement : one(values(each.Condition))["aws:SourceAccount"] == "111122223333"])
    error_message = "A service may take on the application's role for another account."
  }
  assert {
    condition     = alltrue([for role in aws_iam_role.lambda : jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333"])
    error_message = "Lambda may take on a function's role for another account."
  }
  assert {
    condition     = one(aws_iam_role_policy_attachment.app).policy_arn == one(aws_iam_policy.app).arn && one(aws_iam_role_policy_attachment.app).role == one(aws_iam_role.app).name
    error_message = "The application's role does not have its policy."
  }

  assert {
    condition     = keys(aws_iam_role_policy.lambda) == ["sekisho-custom-message", "sekisho-hello", "sekisho-pre-token-generation"]
    error_message = "The three Lambdas do not have a role each."
  }
  assert {
    condition     = alltrue([for name, each in aws_iam_role_policy.lambda : jsondecode(each.policy).Statement[0].Resource == "${aws_cloudwatch_log_group.lambda[name].arn}:*" && length(jsondecode(each.policy).Statement) == 1])
    error_message = "A Lambda's role reaches beyond its own log."
  }
  assert {
    condition     = alltrue([for each in aws_iam_role_policy.lambda : toset(jsondecode(each.policy).Statement[0].Action) == toset(["logs:CreateLogStream", "logs:PutLogEvents"])])
    error_message = "A Lambda may do more than write its log."
  }
  assert {
    condition     = alltrue([for each in aws_cloudwatch_log_group.lambda : each.retention_in_days == 30]) && one(aws_cloudwatch_log_group.api).retention_in_days == 30
    error_message = "Logs are kept for ever."
  }
  assert {
    condition     = one(aws_lambda_permission.pre_token).source_arn == aws_cognito_user_pool.this.arn && one(aws_lambda_permission.pre_token).principal == "cognito-idp.amazonaws.com"
    error_message = "Another pool may run the trigger."
  }
  assert {
    condition     = one(aws_lambda_permission.custom_message).source_arn == aws_cognito_user_pool.this.arn && one(aws_lambda_permission.custom_message).principal == "cognito-idp.amazonaws.com"
    error_message = "Another pool may have its messages worded by ours."
  }
  assert {
    condition     = one(aws_lambda_permission.hello).source_arn == "${one(aws_apigatewayv2_api.this).execution_arn}/*/GET/hello" && one(aws_lambda_permission.hello).principal == "apigateway.amazonaws.com"
    error_message = "Another API, or another route, may run GET /hello."
  }
}

run "the_trigger_and_the_api" {
  assert {
    condition     = one(aws_lambda_function.pre_token).reserved_concurrent_executions == -1
    error_message = "The trigger takes from the account's runs without being asked to."
  }
  assert {
    condition     = aws_cognito_user_pool.this.lambda_config[0].pre_token_generation_config[0].lambda_version == "V2_0"
    error_message = "Only V2_0 and later reach the access token."
  }
  assert {
    condition     = aws_cognito_user_pool.this.lambda_config[0].pre_token_generation_config[0].lambda_arn == one(aws_lambda_function.pre_token).arn
    error_message = "The pool does not run our trigger."
  }
  assert {
    condition     = aws_cognito_user_pool.this.lambda_config[0].custom_message == one(aws_lambda_function.custom_message).arn
    error_message = "Invitations do not say which tenant they are to."
  }
  assert {
    condition     = one(aws_lambda_function.custom_message).environment[0].variables == tomap({ TEMPORARY_PASSWORD_DAYS = "7" })
    error_message = "An invitation to a tenant does not say how long its password works."
  }
  assert {
    condition     = one(aws_lambda_function.pre_token).source_code_hash == filebase64sha256("build/pre-token-generation.zip") && one(aws_lambda_function.custom_message).source_code_hash == filebase64sha256("build/custom-message.zip") && one(aws_lambda_function.hello).source_code_hash == filebase64sha256("build/hello.zip")
    error_message = "New code of a Lambda would not be deployed."
  }

  assert {
    condition     = toset(one(aws_apigatewayv2_authorizer.cognito).jwt_configuration[0].audience) == toset([aws_cognito_user_pool_client.server.id, aws_cognito_user_pool_client.web.id])
    error_message = "The authorizer does not take the two clients, and them alone."
  }
  assert {
    condition     = one(aws_apigatewayv2_authorizer.cognito).jwt_configuration[0].issuer == "https://${aws_cognito_user_pool.this.endpoint}"
    error_message = "The authorizer believes another issuer than the pool."
  }
  assert {
    condition     = one(aws_apigatewayv2_route.hello).authorization_type == "JWT" && one(aws_apigatewayv2_route.hello).authorizer_id == one(aws_apigatewayv2_authorizer.cognito).id
    error_message = "GET /hello is open to everybody."
  }
  assert {
    condition     = toset(one(aws_apigatewayv2_route.hello).authorization_scopes) == toset(["aws.cognito.signin.user.admin", "openid"])
    error_message = "GET /hello takes a token without a scope: an ID token."
  }
  assert {
    condition     = one(aws_apigatewayv2_stage.default).default_route_settings[0].throttling_rate_limit == 20 && one(aws_apigatewayv2_stage.default).default_route_settings[0].throttling_burst_limit == 40
    error_message = "The API is not throttled."
  }
  assert {
    condition     = one(aws_apigatewayv2_stage.default).access_log_settings[0].destination_arn == one(aws_cloudwatch_log_group.api).arn
    error_message = "The API's accesses are not logged."
  }
  assert {
    condition     = !strcontains(lower(one(aws_apigatewayv2_stage.default).access_log_settings[0].format), "header") && strcontains(one(aws_apigatewayv2_stage.default).access_log_settings[0].format, "$context.status")
    error_message = "The access log tells headers, or not the outcome."
  }
  assert {
    condition     = length(one(aws_apigatewayv2_api.this).cors_configuration) == 0
    error_message = "Foreign pages may call the API."
  }
}
