# As many tasks as the processor asks for.

resource "aws_appautoscaling_target" "this" {
  count = var.image == "" ? 0 : 1

  service_namespace  = "ecs"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${one(aws_ecs_service.this).name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = var.minimum_tasks
  max_capacity       = var.maximum_tasks
}

resource "aws_appautoscaling_policy" "cpu" {
  count = var.image == "" ? 0 : 1

  name               = "${var.name}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = one(aws_appautoscaling_target.this).service_namespace
  resource_id        = one(aws_appautoscaling_target.this).resource_id
  scalable_dimension = one(aws_appautoscaling_target.this).scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
