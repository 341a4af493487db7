terraform {
  # 1.11: state locking in S3 without a table, and secrets that Terraform writes without keeping them.
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.98, < 7"
    }
  }
}
