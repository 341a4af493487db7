# What infra/bin/deploy reads, and what a person looks for.

output "url" {
  description = "Where the application is."
  value       = local.app_url
}

output "address" {
  description = "Where domain_name must lead when its zone is not at Route 53: a CNAME."
  value       = local.entrance.dns_name
}

output "image" {
  description = "The image that runs; empty before the first."
  value       = var.image
}

output "user_pool_id" {
  description = "The user pool, for npm run user:create."
  value       = local.pool.environment.COGNITO_USER_POOL_ID
}

output "migration" {
  description = "What runs the migration: cluster, task definition, network, log."
  value       = module.service.migration
}

output "service" {
  description = "What infra/bin/deploy waits for: that the service runs this task definition."
  value       = { cluster = module.service.cluster, service = module.service.service, task_definition = module.service.task_definition }
}

output "log_group" {
  description = "The application's log at CloudWatch."
  value       = module.service.log_group
}

output "database_endpoint" {
  description = "Where the database is; null with one of yours."
  value       = one(module.database[*].endpoint)
}

output "deletion_protection" {
  description = "Whether pool, database and load balancer are protected. infra/bin/deploy --destroy looks at it."
  value       = var.deletion_protection
}
