# What resources look like once AWS made them: others check that they are given an ARN.

mock_data "aws_caller_identity" {
  override_during = plan

  defaults = {
    account_id = "111122223333"
  }
}

mock_data "aws_region" {
  override_during = plan

  defaults = {
    id = "ap-northeast-1"
  }
}

mock_data "aws_availability_zones" {
  override_during = plan

  defaults = {
    names = ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"]
  }
}

mock_resource "aws_vpc" {
  override_during = plan

  defaults = {
    id = "vpc-mock"
  }
}

mock_resource "aws_iam_role" {
  override_during = plan

  defaults = {
    arn = "arn:aws:iam::111122223333:role/mock"
  }
}

mock_resource "aws_iam_policy" {
  override_during = plan

  defaults = {
    arn = "arn:aws:iam::111122223333:policy/mock"
  }
}

mock_resource "aws_cognito_user_pool" {
  override_during = plan

  defaults = {
    id       = "ap-northeast-1_Mock00001"
    arn      = "arn:aws:cognito-idp:ap-northeast-1:111122223333:userpool/ap-northeast-1_Mock00001"
    endpoint = "cognito-idp.ap-northeast-1.amazonaws.com/ap-northeast-1_Mock00001"
  }
}

mock_resource "aws_lambda_function" {
  override_during = plan

  defaults = {
    arn = "arn:aws:lambda:ap-northeast-1:111122223333:function:mock"
  }
}

mock_resource "aws_acm_certificate" {
  override_during = plan

  defaults = {
    arn = "arn:aws:acm:ap-northeast-1:111122223333:certificate/mock"
    domain_validation_options = [{
      domain_name           = "app.example.com"
      resource_record_name  = "_proof.app.example.com."
      resource_record_type  = "CNAME"
      resource_record_value = "_proof.acm-validations.aws."
    }]
  }
}

mock_resource "aws_acm_certificate_validation" {
  override_during = plan

  defaults = {
    certificate_arn = "arn:aws:acm:ap-northeast-1:111122223333:certificate/mock"
  }
}

mock_resource "aws_rds_cluster" {
  override_during = plan

  defaults = {
    arn                 = "arn:aws:rds:ap-northeast-1:111122223333:cluster:sekisho"
    cluster_resource_id = "cluster-MOCK"
    endpoint            = "mock.ap-northeast-1.rds.amazonaws.com"
    master_user_secret = [{
      secret_arn = "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:owner-mock"
    }]
  }
}

mock_resource "aws_secretsmanager_secret" {
  override_during = plan

  defaults = {
    arn = "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:session-mock"
  }
}

mock_resource "aws_cloudwatch_log_group" {
  override_during = plan

  defaults = {
    arn = "arn:aws:logs:ap-northeast-1:111122223333:log-group:mock"
  }
}

mock_resource "aws_lb" {
  override_during = plan

  defaults = {
    arn        = "arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:loadbalancer/app/mock/1"
    arn_suffix = "app/mock/1"
    dns_name   = "mock.ap-northeast-1.elb.amazonaws.com"
    zone_id    = "ZMOCKBALANCER"
  }
}

mock_resource "aws_lb_target_group" {
  override_during = plan

  defaults = {
    arn        = "arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:targetgroup/mock/1"
    arn_suffix = "targetgroup/mock/1"
  }
}

mock_resource "aws_lb_listener" {
  override_during = plan

  defaults = {
    arn = "arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:listener/app/mock/1/1"
  }
}

mock_resource "aws_ecs_task_definition" {
  override_during = plan

  defaults = {
    arn = "arn:aws:ecs:ap-northeast-1:111122223333:task-definition/mock:1"
  }
}

mock_resource "aws_sns_topic" {
  override_during = plan

  defaults = {
    arn = "arn:aws:sns:ap-northeast-1:111122223333:mock"
  }
}

mock_resource "aws_wafv2_web_acl" {
  override_during = plan

  defaults = {
    arn = "arn:aws:wafv2:ap-northeast-1:111122223333:regional/webacl/mock/1"
  }
}

mock_resource "aws_ses_domain_dkim" {
  override_during = plan

  defaults = {
    dkim_tokens = ["one", "two", "three"]
  }
}

mock_resource "aws_ses_domain_identity_verification" {
  override_during = plan

  defaults = {
    arn = "arn:aws:ses:ap-northeast-1:111122223333:identity/example.com"
  }
}

mock_resource "aws_cloudfront_distribution" {
  override_during = plan

  defaults = {
    domain_name    = "mock.cloudfront.net"
    hosted_zone_id = "ZMOCKCLOUDFRONT"
  }
}

mock_resource "aws_cognito_user_pool_client" {
  override_during = plan

  defaults = {
    id = "mockclient"
  }
}

mock_resource "aws_cognito_user_pool_domain" {
  override_during = plan

  defaults = {
    domain = "sekisho-test"
  }
}

mock_resource "aws_subnet" {
  override_during = plan

  defaults = {
    id = "subnet-mock"
  }
}
