# The trigger that puts the tenant, and nothing else, onto access tokens: lambda/pre-token-generation.ts.

locals {
  makes_pre_token = var.pre_token_enabled && var.pre_token_lambda_arn == null
  pre_token_name  = "${var.project_name}-pre-token-generation"
  pre_token_zip   = "${path.module}/build/pre-token-generation.zip"
  # None or one.
  pre_token_arns = !var.pre_token_enabled ? [] : coalescelist(var.pre_token_lambda_arn[*], aws_lambda_function.pre_token[*].arn)
}

resource "aws_lambda_function" "pre_token" {
  count = local.makes_pre_token ? 1 : 0

  function_name    = local.pre_token_name
  description      = "Puts the tenant onto access tokens"
  role             = aws_iam_role.lambda[local.pre_token_name].arn
  filename         = local.pre_token_zip
  source_code_hash = fileexists(local.pre_token_zip) ? filebase64sha256(local.pre_token_zip) : null
  handler          = "index.handler"
  runtime          = local.lambda_runtime
  architectures    = ["arm64"]
  memory_size      = 128
  # Cognito waits no longer.
  timeout                        = 5
  reserved_concurrent_executions = var.pre_token_reserved_concurrency

  lifecycle {
    # Another project_name makes another one beside it, and the pool moves over before the old one goes.
    create_before_destroy = true

    precondition {
      condition     = fileexists(local.pre_token_zip)
      error_message = "The Lambdas are not built yet. Run infra/bin/terraform_apply, or npm run build:lambda first."
    }
  }

  # Else Lambda makes the group by itself, and keeps the logs for ever.
  depends_on = [aws_cloudwatch_log_group.lambda]
}

resource "aws_lambda_permission" "pre_token" {
  count = local.makes_pre_token ? 1 : 0

  function_name = one(aws_lambda_function.pre_token).function_name
  statement_id  = "cognito"
  action        = "lambda:InvokeFunction"
  principal     = "cognito-idp.amazonaws.com"
  source_arn    = aws_cognito_user_pool.this.arn
}
