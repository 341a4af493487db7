output "environment" {
  description = "The application's variables for it."
  value = {
    DATABASE_URL     = "postgres://${local.login}@${aws_rds_cluster.this.endpoint}:${local.port}/${aws_rds_cluster.this.database_name}"
    DATABASE_AUTH    = "iam"
    DATABASE_TLS     = "verify-full"
    DATABASE_CA_FILE = local.authorities
  }
}

output "migration" {
  description = "Variables and secrets of the migration, which runs as the owner and makes the application's login."
  value = {
    environment = {
      DATABASE_URL     = "postgres://${local.owner}@${aws_rds_cluster.this.endpoint}:${local.port}/${aws_rds_cluster.this.database_name}"
      DATABASE_TLS     = "verify-full"
      DATABASE_CA_FILE = local.authorities
      DATABASE_LOGIN   = local.login
    }
    secrets = {
      PGPASSWORD = "${one(aws_rds_cluster.this.master_user_secret).secret_arn}:password::"
    }
  }
}

output "cluster" {
  description = "Name of the cluster, for its metrics."
  value       = aws_rds_cluster.this.cluster_identifier
}

output "endpoint" {
  description = "Where it writes."
  value       = aws_rds_cluster.this.endpoint
}
