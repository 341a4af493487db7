# What somebody should look at. What each means and what to do: infra/README.md.

locals {
  balancer = { LoadBalancer = var.load_balancer }
  targets  = { LoadBalancer = var.load_balancer, TargetGroup = var.target_group }
  tasks    = { ClusterName = var.cluster, ServiceName = var.service }

  # Of the metrics that AWS gives: above (or, where it says so, below) the threshold for so many periods of five minutes.
  measured = merge(
    {
      no-answer = {
        namespace = "AWS/ApplicationELB", metric = "HTTPCode_ELB_5XX_Count", dimensions = local.balancer
        statistic = "Sum", threshold = 10, periods = 1
        says      = "The load balancer found no task that answers."
      }
      faults = {
        namespace = "AWS/ApplicationELB", metric = "HTTPCode_Target_5XX_Count", dimensions = local.targets
        statistic = "Sum", threshold = 10, periods = 1
        says      = "The application answers 500 or 503."
      }
      slow = {
        namespace = "AWS/ApplicationELB", metric = "TargetResponseTime", dimensions = local.targets
        statistic = "p95", threshold = 1, periods = 3
        says      = "One answer of twenty takes longer than a second."
      }
      tasks-missing = {
        namespace = "AWS/ApplicationELB", metric = "HealthyHostCount", dimensions = local.targets
        statistic = "Minimum", threshold = var.minimum_tasks, periods = 2, is_below = true
        says      = "Fewer tasks are ready than always should be."
      }
      processor = {
        namespace = "AWS/ECS", metric = "CPUUtilization", dimensions = local.tasks
        statistic = "Average", threshold = 85, periods = 3
        says      = "The tasks have no processor left, although more of them were started."
      }
      memory = {
        namespace = "AWS/ECS", metric = "MemoryUtilization", dimensions = local.tasks
        statistic = "Maximum", threshold = 90, periods = 3
        says      = "A task is close to the end of its memory."
      }
    },
    var.database == null ? {} : {
      database-full = {
        namespace = "AWS/RDS", metric = "ACUUtilization", dimensions = { DBClusterIdentifier = var.database }
        statistic = "Average", threshold = 90, periods = 3
        says      = "The database is at the ${var.database_maximum_acu} capacity units that it may grow to."
      }
    },
  )

  # Of the application's log: more lines of an event in five minutes than the threshold.
  logged = {
    errors = {
      pattern   = "{ $.level = \"error\" }"
      threshold = 5
      says      = "The application logs errors."
    }
    sign-ins-refused = {
      pattern   = "{ $.event = \"auth.sign_in_refused\" }"
      threshold = 200
      says      = "Many sign-ins are refused: somebody may be guessing passwords."
    }
    tenants-mismatched = {
      pattern   = "{ $.event = \"tenant.mismatch\" }"
      threshold = 20
      says      = "Somebody names tenants that are not theirs."
    }
    audit-missing = {
      pattern   = "{ $.event = \"audit.not_recorded\" }"
      threshold = 0
      says      = "Something happened that is not on record."
    }
  }

  logged_namespace = var.name
}

resource "aws_sns_topic" "this" {
  # With AWS's own key nothing of CloudWatch would arrive, and an alarm holds no secret: it is not encrypted.
  name = "${var.name}-alarms"
}

resource "aws_sns_topic_subscription" "email" {
  count = var.email == null ? 0 : 1

  topic_arn = aws_sns_topic.this.arn
  protocol  = "email"
  endpoint  = var.email
}

resource "aws_cloudwatch_metric_alarm" "measured" {
  for_each = local.measured

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.says
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = startswith(each.value.statistic, "p") ? null : each.value.statistic
  extended_statistic  = startswith(each.value.statistic, "p") ? each.value.statistic : null
  comparison_operator = lookup(each.value, "is_below", false) ? "LessThanThreshold" : "GreaterThanThreshold"
  threshold           = each.value.threshold
  period              = 300
  evaluation_periods  = each.value.periods
  # No tasks at all is no reading either.
  treat_missing_data = lookup(each.value, "is_below", false) ? "breaching" : "notBreaching"
  alarm_actions      = [aws_sns_topic.this.arn]
  ok_actions         = [aws_sns_topic.this.arn]
}

resource "aws_cloudwatch_log_metric_filter" "logged" {
  for_each = local.logged

  name           = "${var.name}-${each.key}"
  log_group_name = var.log_group
  pattern        = each.value.pattern

  metric_transformation {
    namespace = local.logged_namespace
    name      = each.key
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "logged" {
  for_each = local.logged

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.says
  namespace           = local.logged_namespace
  metric_name         = aws_cloudwatch_log_metric_filter.logged[each.key].metric_transformation[0].name
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]
}
