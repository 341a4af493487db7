# This folder as a module of a configuration of yours: the provider, its region and its default tags are yours.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.98, < 7"
    }
  }
}

provider "aws" {
  alias  = "identity"
  region = "eu-central-1"

  default_tags {
    tags = { team = "identity" }
  }
}

module "sekisho" {
  # The Lambdas are built in a checkout, by npm run build:lambda: a source that is downloaded has none.
  source = "../.."

  providers = {
    aws = aws.identity
  }

  aws_region    = "eu-central-1"
  project_name  = "gate"
  domain_prefix = "gate-my-company"
  app_url       = "https://app.example.com"
}

output "user_pool_arn" {
  description = "For a policy of somebody else who reads this pool."
  value       = module.sekisho.user_pool_arn
}
