# The containers: the application, and its migration, which runs once for each new image and ends.

data "aws_region" "current" {}

locals {
  port = 3000
  # Longer than the 20 seconds after which an event stream that has nothing to say sends a sign of life, and shorter than
  # the 65 that the application keeps an idle connection: else a request would be sent into one that closes.
  idle_seconds = 60
  # How long the application takes to end by itself, and after which ECS ends it.
  stop_seconds = 20
  kill_seconds = 30

  # What both containers have in common.
  container = {
    essential              = true
    readonlyRootFilesystem = true
    privileged             = false
    # The user "node" of the image, which is not root.
    user            = "1000:1000"
    linuxParameters = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
    stopTimeout     = local.kill_seconds
  }

  environment = merge(var.environment, { PORT = tostring(local.port),
    STOP_SECONDS = tostring(local.stop_seconds)
    # ECS takes a task out of the load balancer first; this is for the request that is on its way there.
    STOP_ACCEPT_SECONDS = "5"
  })
  secrets = merge(
    var.secrets,
    { NEXTAUTH_SECRET = aws_secretsmanager_secret.session[var.session_secret].arn },
    var.previous_secret == null ? {} : { NEXTAUTH_SECRET_PREVIOUS = aws_secretsmanager_secret.session[coalesce(var.previous_secret, "a")].arn },
  )

  logs = {
    for name in ["application", "migration"] : name => {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = data.aws_region.current.id
        awslogs-stream-prefix = name
        # The application goes on when CloudWatch is slow; what does not fit is lost.
        mode            = "non-blocking"
        max-buffer-size = "4m"
      }
    }
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/${var.name}/application"
  retention_in_days = var.log_retention_days
}

resource "aws_ecs_cluster" "this" {
  name = var.name

  # Paid by the metric; what the alarms look at is free.
  setting {
    name  = "containerInsights"
    value = "disabled"
  }
}

resource "aws_ecs_task_definition" "application" {
  count = var.image == "" ? 0 : 1

  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = var.role_arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  container_definitions = jsonencode([merge(local.container, {
    name             = "application"
    image            = var.image
    portMappings     = [{ containerPort = local.port, hostPort = local.port, protocol = "tcp" }]
    environment      = [for name, value in local.environment : { name = name, value = value }]
    secrets          = [for name, arn in local.secrets : { name = name, valueFrom = arn }]
    logConfiguration = local.logs.application
    healthCheck = {
      # The image has no shell and no curl that this could lean on.
      command     = ["CMD", "node", "-e", "fetch('http://127.0.0.1:${local.port}/api/health/live').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
      interval    = 15
      timeout     = 5
      retries     = 3
      startPeriod = 60
    }
  })])
}

resource "aws_ecs_task_definition" "migration" {
  family                   = "${var.name}-migration"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.migration.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  container_definitions = jsonencode([merge(local.container, {
    name             = "migration"
    image            = coalesce(var.migration_image, var.image)
    command          = var.migration_command
    environment      = [for name, value in var.migration.environment : { name = name, value = value }]
    secrets          = [for name, arn in var.migration.secrets : { name = name, valueFrom = arn }]
    logConfiguration = local.logs.migration
  })])
}

resource "aws_ecs_service" "this" {
  count = var.image == "" ? 0 : 1

  name            = var.name
  cluster         = aws_ecs_cluster.this.id
  task_definition = one(aws_ecs_task_definition.application).arn
  launch_type     = "FARGATE"
  desired_count   = var.minimum_tasks
  # New tasks are there before the old ones go.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = 60
  enable_execute_command             = false
  propagate_tags                     = "SERVICE"

  # An image that does not become healthy is taken back.
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.task_subnets
    security_groups  = [var.task_group_id]
    assign_public_ip = var.assigns_public_address
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.this.arn
    container_name   = "application"
    container_port   = local.port
  }

  depends_on = [aws_lb_listener.https, aws_iam_role_policy.execution]

  lifecycle {
    # As many as the load asks for: scaling.tf.
    ignore_changes = [desired_count]
  }
}
