# What ECS may do before the containers start: fetch the image and the secrets, and write the log. The application's
# own role comes with the pool.

data "aws_caller_identity" "current" {}

locals {
  trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })

  common = [
    {
      Effect   = "Allow"
      Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Resource = var.repository_arn
    },
    {
      Effect = "Allow"
      Action = "ecr:GetAuthorizationToken"
      # It belongs to no repository (Service Authorization Reference, "Amazon ECR"): the token opens what the role may.
      Resource  = "*"
      Condition = { StringEquals = { "aws:RequestedRegion" = data.aws_region.current.id } }
    },
    {
      Effect = "Allow"
      Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
      # The streams of this one group; ECS makes up their names.
      Resource = "${aws_cloudwatch_log_group.this.arn}:*"
    },
  ]

  # The ARN of a secret, without the field that is read of it.
  secret_arns = {
    execution = [for arn in values(local.secrets) : join(":", slice(split(":", arn), 0, 7))]
    migration = [for arn in values(var.migration.secrets) : join(":", slice(split(":", arn), 0, 7))]
  }
}

resource "aws_iam_role" "execution" {
  name               = "${var.name}-execution"
  description        = "ECS, before it starts the application"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "execution" {
  name = "start"
  role = aws_iam_role.execution.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(local.common, [{
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue"
      Resource = local.secret_arns.execution
    }])
  })
}

# The migration is the one that is given the owner's password.
resource "aws_iam_role" "migration" {
  name               = "${var.name}-migration"
  description        = "ECS, before it starts the migration"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "migration" {
  name = "start"
  role = aws_iam_role.migration.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(local.common, [{
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue"
      Resource = local.secret_arns.migration
    }])
  })
}
