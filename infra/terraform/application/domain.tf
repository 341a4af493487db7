# The application's name, and the certificate that proves it.

locals {
  has_zone = var.hosted_zone_id != null
  # With a subdomain for each tenant, all of them are one wildcard.
  names           = local.is_by_subdomain ? [var.domain_name, "*.${var.domain_name}"] : [var.domain_name]
  is_by_subdomain = local.makes_pool ? var.pool.tenant_mode == "subdomain" : lookup(local.pool.environment, "TENANT_MODE", "") == "subdomain"
  certificate_arn = var.certificate_arn != null ? var.certificate_arn : aws_acm_certificate_validation.this[0].certificate_arn
  entrance        = var.cloudfront ? one(module.cloudfront).entrance : module.service.entrance
}

resource "aws_acm_certificate" "this" {
  count = var.certificate_arn == null ? 1 : 0

  domain_name               = var.domain_name
  subject_alternative_names = slice(local.names, 1, length(local.names))
  validation_method         = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

# The wildcard is proven by the same record.
resource "aws_route53_record" "validation" {
  count = var.certificate_arn == null ? 1 : 0

  zone_id         = var.hosted_zone_id
  name            = tolist(aws_acm_certificate.this[0].domain_validation_options)[0].resource_record_name
  type            = tolist(aws_acm_certificate.this[0].domain_validation_options)[0].resource_record_type
  records         = [tolist(aws_acm_certificate.this[0].domain_validation_options)[0].resource_record_value]
  ttl             = 300
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "this" {
  count = var.certificate_arn == null ? 1 : 0

  certificate_arn         = aws_acm_certificate.this[0].arn
  validation_record_fqdns = [aws_route53_record.validation[0].fqdn]
}

resource "aws_route53_record" "address" {
  for_each = local.has_zone ? toset(local.names) : toset([])

  zone_id = var.hosted_zone_id
  name    = each.key
  type    = "A"

  alias {
    name                   = local.entrance.dns_name
    zone_id                = local.entrance.zone_id
    evaluate_target_health = !var.cloudfront
  }
}
