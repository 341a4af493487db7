# Aurora PostgreSQL, Serverless v2. The application signs in with its IAM role; the owner's password is made, kept and
# changed by RDS, and is in no state.

locals {
  login = "application"
  owner = "owner"
  port  = 5432
  # Where the image has the certificates of RDS.
  authorities = "/etc/ssl/rds.pem"
}

resource "aws_db_subnet_group" "this" {
  name        = var.name
  description = "Without a way to the internet"
  subnet_ids  = var.subnet_ids
}

resource "aws_rds_cluster_parameter_group" "this" {
  name_prefix = "${var.name}-"
  description = "TLS alone"
  family      = "aurora-postgresql${split(".", var.postgres_version)[0]}"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  lifecycle {
    create_before_destroy = true
  }
}

# RDS would make it, and keep the log for ever.
resource "aws_cloudwatch_log_group" "postgresql" {
  name              = "/aws/rds/cluster/${var.name}/postgresql"
  retention_in_days = var.log_retention_days
}

resource "aws_rds_cluster" "this" {
  cluster_identifier                  = var.name
  engine                              = "aurora-postgresql"
  engine_version                      = var.postgres_version
  database_name                       = "application"
  port                                = local.port
  master_username                     = local.owner
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  db_subnet_group_name                = aws_db_subnet_group.this.name
  vpc_security_group_ids              = [var.security_group_id]
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.this.name
  storage_encrypted                   = true
  backup_retention_period             = var.backup_days
  copy_tags_to_snapshot               = true
  deletion_protection                 = var.deletion_protection
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "${var.name}-final-${formatdate("YYYYMMDDhhmm", plantimestamp())}"
  enabled_cloudwatch_logs_exports     = ["postgresql"]

  serverlessv2_scaling_configuration {
    min_capacity = var.minimum_acu
    max_capacity = var.maximum_acu
  }

  depends_on = [aws_cloudwatch_log_group.postgresql]

  lifecycle {
    # Of a plan that would destroy the database, or make another in its place, nothing at all is carried out.
    prevent_destroy = true
    # When it was made: a database that is made after this one needs another name for its last copy.
    ignore_changes = [final_snapshot_identifier]
  }
}

resource "aws_rds_cluster_instance" "this" {
  count = var.instances

  identifier                 = "${var.name}-${count.index + 1}"
  cluster_identifier         = aws_rds_cluster.this.id
  engine                     = aws_rds_cluster.this.engine
  engine_version             = aws_rds_cluster.this.engine_version
  instance_class             = "db.serverless"
  ca_cert_identifier         = "rds-ca-rsa2048-g1"
  publicly_accessible        = false
  auto_minor_version_upgrade = true
  # It needs memory: AWS asks for 2 capacity units.
  performance_insights_enabled = var.minimum_acu >= 2
  # The first of them writes; another takes over in the order of the numbers.
  promotion_tier = count.index
}

# The application's role may sign in as the one login that owns nothing.
resource "aws_iam_role_policy" "sign_in" {
  name = "${var.name}-database"
  role = var.client_role_name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "rds-db:connect"
      Resource = "${replace(aws_rds_cluster.this.arn, "/:rds:([^:]+:[^:]+):.*/", ":rds-db:$1")}:dbuser:${aws_rds_cluster.this.cluster_resource_id}/${local.login}"
    }]
  })
}
