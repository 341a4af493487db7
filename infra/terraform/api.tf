# A protected API beside the application: GET /hello, behind a JWT authorizer. Its Lambda is lambda/hello.ts.

locals {
  hello_name  = "${var.project_name}-hello"
  hello_zip   = "${path.module}/build/hello.zip"
  hello_route = "GET /hello"
}

resource "aws_apigatewayv2_api" "this" {
  count = var.api_enabled ? 1 : 0

  name          = var.project_name
  description   = "A protected API of ${var.project_name}"
  protocol_type = "HTTP"

  dynamic "cors_configuration" {
    for_each = length(var.cors_allowed_origins) > 0 ? [true] : []

    content {
      allow_origins     = var.cors_allowed_origins
      allow_methods     = ["GET"]
      allow_headers     = ["authorization"]
      allow_credentials = false
      max_age           = 600
    }
  }
}

resource "aws_apigatewayv2_authorizer" "cognito" {
  count = var.api_enabled ? 1 : 0

  api_id           = one(aws_apigatewayv2_api.this).id
  name             = "cognito"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = "https://${aws_cognito_user_pool.this.endpoint}"
    audience = [aws_cognito_user_pool_client.server.id, aws_cognito_user_pool_client.web.id]
  }
}

resource "aws_apigatewayv2_route" "hello" {
  count = var.api_enabled ? 1 : 0

  api_id             = one(aws_apigatewayv2_api.this).id
  route_key          = local.hello_route
  target             = "integrations/${one(aws_apigatewayv2_integration.hello).id}"
  authorization_type = "JWT"
  authorizer_id      = one(aws_apigatewayv2_authorizer.cognito).id
  # One of them is on every access token (password sign-in, Hosted UI), and none on an ID token, which the authorizer
  # would take otherwise: it looks at aud as well as at client_id.
  authorization_scopes = ["aws.cognito.signin.user.admin", "openid"]
}

resource "aws_apigatewayv2_integration" "hello" {
  count = var.api_enabled ? 1 : 0

  api_id                 = one(aws_apigatewayv2_api.this).id
  integration_type       = "AWS_PROXY"
  integration_uri        = one(aws_lambda_function.hello).invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_stage" "default" {
  count = var.api_enabled ? 1 : 0

  api_id      = one(aws_apigatewayv2_api.this).id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    throttling_rate_limit  = var.api_requests_per_second
    throttling_burst_limit = var.api_burst
  }

  access_log_settings {
    destination_arn = one(aws_cloudwatch_log_group.api).arn
    # Who asked for what, and how it went. Never the Authorization header.
    format = jsonencode({
      request_id       = "$context.requestId"
      time             = "$context.requestTimeEpoch"
      address          = "$context.identity.sourceIp"
      route            = "$context.routeKey"
      status           = "$context.status"
      latency          = "$context.responseLatency"
      sub              = "$context.authorizer.claims.sub"
      client_id        = "$context.authorizer.claims.client_id"
      authorizer_error = "$context.authorizer.error"
      error            = "$context.error.message"
    })
  }
}

resource "aws_cloudwatch_log_group" "api" {
  count = var.api_enabled ? 1 : 0

  # Under this prefix the resource policy that API Gateway writes does not grow with every group.
  name              = "/aws/vendedlogs/${var.project_name}-api"
  retention_in_days = var.log_retention_days
}

resource "aws_lambda_function" "hello" {
  count = var.api_enabled ? 1 : 0

  function_name    = local.hello_name
  description      = "Answers GET /hello"
  role             = aws_iam_role.lambda[local.hello_name].arn
  filename         = local.hello_zip
  source_code_hash = fileexists(local.hello_zip) ? filebase64sha256(local.hello_zip) : null
  handler          = "index.handler"
  runtime          = local.lambda_runtime
  architectures    = ["arm64"]
  memory_size      = 128
  timeout          = 5

  lifecycle {
    # Another project_name makes another one beside it, and the pool moves over before the old one goes.
    create_before_destroy = true

    precondition {
      condition     = fileexists(local.hello_zip)
      error_message = "The Lambdas are not built yet. Run infra/bin/terraform_apply, or npm run build:lambda first."
    }
  }

  depends_on = [aws_cloudwatch_log_group.lambda]
}

resource "aws_lambda_permission" "hello" {
  count = var.api_enabled ? 1 : 0

  function_name = one(aws_lambda_function.hello).function_name
  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  # Any stage, of which there is one; this route alone.
  source_arn = "${one(aws_apigatewayv2_api.this).execution_arn}/*/GET/hello"
}
