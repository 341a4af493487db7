# In capitals: what the application reads from its environment under the same name. The others are for other modules.

locals {
  settings = {
    AWS_REGION                  = var.aws_region
    COGNITO_USER_POOL_ID        = aws_cognito_user_pool.this.id
    COGNITO_APP_CLIENT_ID       = aws_cognito_user_pool_client.server.id
    COGNITO_WEB_CLIENT_ID       = aws_cognito_user_pool_client.web.id
    COGNITO_DOMAIN              = local.hosted_ui
    COGNITO_REFRESH_ROTATION    = var.refresh_token_rotation ? "1" : "0"
    COGNITO_TENANT_CLAIM        = local.tenant
    COGNITO_PREFERRED_TOKEN_USE = var.preferred_token_use
    MULTI_TENANT_ENABLED        = var.multi_tenant_enabled ? "1" : "0"
    TENANT_MODE                 = var.tenant_mode
    TENANT_MAIN_DOMAIN          = var.tenant_main_domain
    TENANT_STRICT               = var.tenant_strict ? "1" : "0"
    CORS_ALLOWED_ORIGINS        = length(var.cors_allowed_origins) > 0 ? join(",", var.cors_allowed_origins) : null
    NEXTAUTH_URL                = var.app_url
    TRUSTED_PROXY_HOPS          = var.trusted_proxy_hops == null ? null : tostring(var.trusted_proxy_hops)
  }
  environment = merge(local.settings, {
    COGNITO_APP_CLIENT_SECRET = var.generate_server_client_secret ? aws_cognito_user_pool_client.server.client_secret : null
    COGNITO_WEB_CLIENT_SECRET = var.web_client_secret ? aws_cognito_user_pool_client.web.client_secret : null
  })
}

output "dotenv" {
  description = "The application's .env: terraform output -raw dotenv. NEXTAUTH_SECRET, DATABASE_URL and TRUSTED_PROXY_HOPS are yours to add."
  value       = join("", [for name, value in local.environment : "${name}=${value}\n" if value != null])
  sensitive   = true
}

output "environment" {
  description = "The same as a map, without the clients' secrets: for a task definition."
  value       = { for name, value in local.settings : name => value if value != null }
}

output "AWS_REGION" {
  description = "Region of the user pool."
  value       = local.environment.AWS_REGION
}

output "COGNITO_USER_POOL_ID" {
  description = "The user pool."
  value       = local.environment.COGNITO_USER_POOL_ID
}

output "COGNITO_APP_CLIENT_ID" {
  description = "The server's client."
  value       = local.environment.COGNITO_APP_CLIENT_ID
}

output "COGNITO_APP_CLIENT_SECRET" {
  description = "Secret of the server's client; null without one."
  value       = local.environment.COGNITO_APP_CLIENT_SECRET
  sensitive   = true
}

output "COGNITO_WEB_CLIENT_ID" {
  description = "The Hosted UI's client."
  value       = local.environment.COGNITO_WEB_CLIENT_ID
}

output "COGNITO_WEB_CLIENT_SECRET" {
  description = "Secret of the Hosted UI's client; null without one."
  value       = local.environment.COGNITO_WEB_CLIENT_SECRET
  sensitive   = true
}

output "COGNITO_DOMAIN" {
  description = "Base URL of the Hosted UI."
  value       = local.environment.COGNITO_DOMAIN
}

output "user_pool_id" {
  description = "The user pool."
  value       = aws_cognito_user_pool.this.id
}

output "user_pool_arn" {
  description = "The user pool, for policies of others."
  value       = aws_cognito_user_pool.this.arn
}

output "server_app_client_id" {
  description = "The server's client."
  value       = aws_cognito_user_pool_client.server.id
}

output "server_app_client_secret" {
  description = "Secret of the server's client; null without one."
  value       = local.environment.COGNITO_APP_CLIENT_SECRET
  sensitive   = true
}

output "web_app_client_id" {
  description = "The Hosted UI's client."
  value       = aws_cognito_user_pool_client.web.id
}

output "hosted_ui_base_url" {
  description = "Base URL of the Hosted UI."
  value       = local.hosted_ui
}

output "authorization_endpoint" {
  description = "Where a browser is sent to sign in."
  value       = "${local.hosted_ui}/oauth2/authorize"
}

output "token_endpoint" {
  description = "Where a code is exchanged for tokens."
  value       = "${local.hosted_ui}/oauth2/token"
}

output "logout_endpoint" {
  description = "Where a browser is sent to be signed out of the Hosted UI."
  value       = "${local.hosted_ui}/logout"
}

output "issuer" {
  description = "The iss of every token; its keys are at /.well-known/jwks.json below it."
  value       = "https://${aws_cognito_user_pool.this.endpoint}"
}

output "hello_url" {
  description = "The protected API's one address; null without the API."
  value       = one([for api in aws_apigatewayv2_api.this : "${api.api_endpoint}/hello"])
}

output "app_role_arn" {
  description = "The role for the application to run with; null when none is made."
  value       = one(aws_iam_role.app[*].arn)
}

output "app_policy_arn" {
  description = "The policy of that role, for a role of your own."
  value       = one(aws_iam_policy.app[*].arn)
}

output "app_instance_profile" {
  description = "Name of the profile that gives an EC2 instance the role; null when none is made."
  value       = one(aws_iam_instance_profile.app[*].name)
}

output "deletion_protection" {
  description = "Whether Cognito refuses to delete the pool: ACTIVE or INACTIVE. infra/bin/terraform_destroy looks at it."
  value       = aws_cognito_user_pool.this.deletion_protection
}
