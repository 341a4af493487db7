# Rates by address, counted before a request costs the application anything. What the application counts itself, by
# account and by address, comes after this.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

locals {
  # What takes a password or a code, or sends a mail.
  sign_in_paths = ["/api/auth/", "/api/user/"]
  # As the application itself says it.
  refused_with = 429
  counted_by   = "IP"
  metrics      = { requests = "${var.name}-requests", sign_ins = "${var.name}-sign-ins" }
}

resource "aws_wafv2_web_acl" "this" {
  name        = var.name
  description = "Rates by address"
  scope       = var.scope

  default_action {
    allow {}
  }

  rule {
    name     = "requests"
    priority = 1

    action {
      block {
        custom_response {
          response_code = local.refused_with

          response_header {
            name  = "Retry-After"
            value = "300"
          }
        }
      }
    }

    statement {
      rate_based_statement {
        limit                 = var.requests
        evaluation_window_sec = 300
        aggregate_key_type    = local.counted_by
      }
    }

    visibility_config {
      metric_name                = local.metrics.requests
      cloudwatch_metrics_enabled = true
      sampled_requests_enabled   = false
    }
  }

  rule {
    name     = "sign-ins"
    priority = 2

    action {
      block {
        custom_response {
          response_code = local.refused_with

          response_header {
            name  = "Retry-After"
            value = "300"
          }
        }
      }
    }

    statement {
      rate_based_statement {
        limit                 = var.sign_ins
        evaluation_window_sec = 300
        aggregate_key_type    = local.counted_by

        scope_down_statement {
          and_statement {
            statement {
              byte_match_statement {
                search_string         = "POST"
                positional_constraint = "EXACTLY"

                field_to_match {
                  method {}
                }

                text_transformation {
                  priority = 0
                  type     = "NONE"
                }
              }
            }

            statement {
              or_statement {
                dynamic "statement" {
                  for_each = local.sign_in_paths

                  content {
                    byte_match_statement {
                      search_string         = statement.value
                      positional_constraint = "STARTS_WITH"

                      field_to_match {
                        uri_path {}
                      }

                      # As the application reads a path: %61pi is api.
                      text_transformation {
                        priority = 0
                        type     = "URL_DECODE"
                      }

                      text_transformation {
                        priority = 1
                        type     = "NORMALIZE_PATH"
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }

    visibility_config {
      metric_name                = local.metrics.sign_ins
      cloudwatch_metrics_enabled = true
      sampled_requests_enabled   = false
    }
  }

  visibility_config {
    metric_name                = var.name
    cloudwatch_metrics_enabled = true
    sampled_requests_enabled   = false
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  count = var.scope == "REGIONAL" ? 1 : 0

  resource_arn = var.load_balancer_arn
  web_acl_arn  = aws_wafv2_web_acl.this.arn
}
