terraform {
  # 1.11: state locking in S3 without a table (backend.tf.example). 1.9: validations that look at other variables.
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # 5.98: rotation of refresh tokens.
      version = ">= 5.98, < 7"
    }
  }
}
