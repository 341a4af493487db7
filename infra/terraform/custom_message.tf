# The trigger that has an invitation say which tenant it is to, and who invites, and sends nobody a code for a new password
# who comes by a company's own single sign-on: lambda/custom-message.ts.

locals {
  custom_message_name = "${var.project_name}-custom-message"
  custom_message_zip  = "${path.module}/build/custom-message.zip"
}

resource "aws_lambda_function" "custom_message" {
  count = var.custom_message_enabled ? 1 : 0

  function_name    = local.custom_message_name
  description      = "Words the invitations of tenants"
  role             = aws_iam_role.lambda[local.custom_message_name].arn
  filename         = local.custom_message_zip
  source_code_hash = fileexists(local.custom_message_zip) ? filebase64sha256(local.custom_message_zip) : null
  handler          = "index.handler"
  runtime          = local.lambda_runtime
  architectures    = ["arm64"]
  memory_size      = 128
  # Cognito waits no longer.
  timeout = 5

  environment {
    variables = { TEMPORARY_PASSWORD_DAYS = tostring(var.temporary_password_days) }
  }

  lifecycle {
    # Another project_name makes another one beside it, and the pool moves over before the old one goes.
    create_before_destroy = true

    precondition {
      condition     = fileexists(local.custom_message_zip)
      error_message = "The Lambdas are not built yet. Run infra/bin/terraform_apply, or npm run build:lambda first."
    }
  }

  # Else Lambda makes the group by itself, and keeps the logs for ever.
  depends_on = [aws_cloudwatch_log_group.lambda]
}

resource "aws_lambda_permission" "custom_message" {
  count = var.custom_message_enabled ? 1 : 0

  function_name = one(aws_lambda_function.custom_message).function_name
  statement_id  = "cognito"
  action        = "lambda:InvokeFunction"
  principal     = "cognito-idp.amazonaws.com"
  source_arn    = aws_cognito_user_pool.this.arn
}
