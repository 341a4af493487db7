provider "aws" {
  region              = var.aws_region
  allowed_account_ids = var.aws_account_id == null ? null : [var.aws_account_id]

  default_tags {
    tags = merge({ application = var.project_name }, var.tags)
  }
}

# CloudFront takes its certificate and its web ACL from here, wherever the rest is.
provider "aws" {
  alias               = "global"
  region              = "us-east-1"
  allowed_account_ids = var.aws_account_id == null ? null : [var.aws_account_id]

  default_tags {
    tags = merge({ application = var.project_name }, var.tags)
  }
}
