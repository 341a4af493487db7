output "port" {
  description = "Where the application listens."
  value       = local.port
}

output "load_balancer_arn" {
  description = "For the web ACL, or CloudFront."
  value       = aws_lb.this.arn
}

output "load_balancer_dns" {
  description = "The load balancer's own name."
  value       = aws_lb.this.dns_name
}

output "entrance" {
  description = "What the application's name leads to."
  value       = { dns_name = aws_lb.this.dns_name, zone_id = aws_lb.this.zone_id }
}

output "load_balancer_suffix" {
  description = "How CloudWatch calls the load balancer."
  value       = aws_lb.this.arn_suffix
}

output "target_group_suffix" {
  description = "How CloudWatch calls the target group."
  value       = aws_lb_target_group.this.arn_suffix
}

output "cluster" {
  description = "Name of the cluster."
  value       = aws_ecs_cluster.this.name
}

output "service" {
  description = "Name of the service."
  value       = var.name
}

output "is_running" {
  description = "Whether there is an image that runs."
  value       = length(aws_ecs_service.this) > 0
}

output "task_definition" {
  description = "What runs; null before the first image."
  value       = one(aws_ecs_task_definition.application[*].arn)
}

output "log_group" {
  description = "Name of the log group."
  value       = aws_cloudwatch_log_group.this.name
}

output "migration" {
  description = "What `aws ecs run-task` is told to run the migration."
  value = {
    cluster         = aws_ecs_cluster.this.name
    task_definition = aws_ecs_task_definition.migration.arn
    log_group       = aws_cloudwatch_log_group.this.name
    network = jsonencode({
      awsvpcConfiguration = {
        subnets        = var.task_subnets
        securityGroups = [var.task_group_id]
        assignPublicIp = var.assigns_public_address ? "ENABLED" : "DISABLED"
      }
    })
  }
}
