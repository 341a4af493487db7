locals {
  # Those of the application's calls that are signed with its role. The others (RevokeToken, ForgotPassword,
  # ChangePassword …) prove themselves by a token or a code. A test compares this with what lib/cognito sends.
  app_actions = [
    "AdminAddUserToGroup",
    "AdminCreateUser",
    "AdminDeleteUser",
    "AdminDisableUser",
    "AdminEnableUser",
    "AdminGetUser",
    "AdminInitiateAuth",
    "AdminListGroupsForUser",
    "AdminRemoveUserFromGroup",
    "AdminResetUserPassword",
    "AdminRespondToAuthChallenge",
    "AdminSetUserMFAPreference",
    "AdminUserGlobalSignOut",
    "DescribeUserPool",
    "DescribeUserPoolClient",
    "GetUserPoolMfaConfig",
    "ListUsers",
    "ListUsersInGroup",
  ]

  # Those that tenants' own single sign-on takes besides. Cognito takes a client as a whole: whoever may write its list of
  # providers may also write which attributes its users may change.
  single_sign_on_actions = [
    "AdminDisableProviderForUser",
    "AdminLinkProviderForUser",
    "AdminSetUserPassword",
    "CreateIdentityProvider",
    "DeleteIdentityProvider",
    "DescribeIdentityProvider",
    "ListIdentityProviders",
    "UpdateIdentityProvider",
    "UpdateUserPoolClient",
  ]

  app_principals = { ecs = "ecs-tasks.amazonaws.com", lambda = "lambda.amazonaws.com", ec2 = "ec2.amazonaws.com" }

  lambda_runtime = "nodejs22.x"
  lambda_names = toset(concat(
    local.makes_pre_token ? [local.pre_token_name] : [],
    var.custom_message_enabled ? [local.custom_message_name] : [],
    var.api_enabled ? [local.hello_name] : [],
  ))

  # The account that all of this is in. Asked for only where a role is made.
  account_id = one(data.aws_caller_identity.current[*].account_id)

  # Cognito must name it when it takes the role on: nobody else's pool can have ours send texts.
  sms_external_id = "${var.project_name}-sms"
}

data "aws_caller_identity" "current" {
  count = var.app_role_enabled || var.mfa_sms || length(local.lambda_names) > 0 ? 1 : 0
}

# The application

resource "aws_iam_policy" "app" {
  count = var.app_role_enabled ? 1 : 0

  name        = "${var.project_name}-app"
  description = "What the application calls on its user pool"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = [for action in concat(local.app_actions, var.single_sign_on_enabled ? local.single_sign_on_actions : []) : "cognito-idp:${action}"]
      Resource = aws_cognito_user_pool.this.arn
    }]
  })

  # Another project_name makes another one beside it, and what uses it moves over before the old one goes.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_iam_role" "app" {
  count = var.app_role_enabled ? 1 : 0

  name        = "${var.project_name}-app"
  description = "The application's own: task role, execution role of its function, or instance profile"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for name in sort(var.app_runs_on) : {
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = local.app_principals[name] }
      # For this account alone. EC2 does not say in every region for whom it asks; where it does, it must be us.
      Condition = { (name == "ec2" ? "StringEqualsIfExists" : "StringEquals") = { "aws:SourceAccount" = local.account_id } }
    }]
  })

  # Another project_name makes another one beside it, and what uses it moves over before the old one goes.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_iam_role_policy_attachment" "app" {
  count = var.app_role_enabled ? 1 : 0

  role       = one(aws_iam_role.app).name
  policy_arn = one(aws_iam_policy.app).arn
}

# An EC2 instance takes a role on through a profile.
resource "aws_iam_instance_profile" "app" {
  count = var.app_role_enabled && contains(var.app_runs_on, "ec2") ? 1 : 0

  name = "${var.project_name}-app"
  role = one(aws_iam_role.app).name

  # Another project_name makes another one beside it, and what uses it moves over before the old one goes.
  lifecycle {
    create_before_destroy = true
  }
}

# The Lambdas: each writes its own log, and nothing else.

resource "aws_cloudwatch_log_group" "lambda" {
  for_each = local.lambda_names

  name              = "/aws/lambda/${each.key}"
  retention_in_days = var.log_retention_days
}

resource "aws_iam_role" "lambda" {
  for_each = local.lambda_names

  name = each.key
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "lambda" {
  for_each = local.lambda_names

  name = "own-log"
  role = aws_iam_role.lambda[each.key].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
      # The streams of this one group; Lambda makes up their names.
      Resource = "${aws_cloudwatch_log_group.lambda[each.key].arn}:*"
    }]
  })
}

# Cognito, when it sends codes by text message

resource "aws_iam_role" "sms" {
  count = var.mfa_sms ? 1 : 0

  name = "${var.project_name}-sms"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "cognito-idp.amazonaws.com" }
      Condition = { StringEquals = { "sts:ExternalId" = local.sms_external_id, "aws:SourceAccount" = local.account_id } }
    }]
  })

  # Another project_name makes another one beside it, and what uses it moves over before the old one goes.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_iam_role_policy" "sms" {
  count = var.mfa_sms ? 1 : 0

  name = "text-messages"
  role = one(aws_iam_role.sms).name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sns:Publish"
      # A phone number has no ARN: whatever is no topic.
      NotResource = "arn:aws:sns:*:*:*"
    }]
  })
}
