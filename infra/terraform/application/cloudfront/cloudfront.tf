# CloudFront before a load balancer that nobody else reaches: its way there lies inside the VPC.

terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.global]
    }
  }
}

locals {
  # AWS's own policies, the same in every account (CloudFront, "Use managed cache policies" and "… origin request policies").
  cached     = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  not_cached = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
  everything = "216adef6-5c7f-47e4-b989-5492eafa07d3"
}

resource "aws_acm_certificate" "this" {
  provider = aws.global

  domain_name               = var.names[0]
  subject_alternative_names = slice(var.names, 1, length(var.names))
  validation_method         = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  zone_id         = var.hosted_zone_id
  name            = tolist(aws_acm_certificate.this.domain_validation_options)[0].resource_record_name
  type            = tolist(aws_acm_certificate.this.domain_validation_options)[0].resource_record_type
  records         = [tolist(aws_acm_certificate.this.domain_validation_options)[0].resource_record_value]
  ttl             = 300
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "this" {
  provider = aws.global

  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [aws_route53_record.validation.fqdn]
}

resource "aws_cloudfront_vpc_origin" "this" {
  vpc_origin_endpoint_config {
    name                   = var.name
    arn                    = var.load_balancer_arn
    http_port              = 80
    https_port             = 443
    origin_protocol_policy = "https-only"

    origin_ssl_protocols {
      items    = ["TLSv1.2"]
      quantity = 1
    }
  }
}

resource "aws_cloudfront_distribution" "this" {
  enabled         = true
  comment         = var.name
  aliases         = var.names
  is_ipv6_enabled = true
  http_version    = "http2and3"
  web_acl_id      = var.web_acl_arn

  origin {
    origin_id   = "application"
    domain_name = var.load_balancer_dns

    vpc_origin_config {
      vpc_origin_id = aws_cloudfront_vpc_origin.this.id
      # Longer than an event stream is silent.
      origin_read_timeout      = 60
      origin_keepalive_timeout = 30
    }
  }

  # Answers belong to one person: nothing of them is kept.
  default_cache_behavior {
    target_origin_id         = "application"
    viewer_protocol_policy   = "redirect-to-https"
    allowed_methods          = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cached_methods           = ["GET", "HEAD"]
    cache_policy_id          = local.not_cached
    origin_request_policy_id = local.everything
    compress                 = false
  }

  # The files of a build have the build in their names, and are the same for everybody.
  ordered_cache_behavior {
    path_pattern             = "/_next/static/*"
    target_origin_id         = "application"
    viewer_protocol_policy   = "redirect-to-https"
    allowed_methods          = ["GET", "HEAD"]
    cached_methods           = ["GET", "HEAD"]
    cache_policy_id          = local.cached
    origin_request_policy_id = local.everything
    compress                 = true
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate_validation.this.certificate_arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
