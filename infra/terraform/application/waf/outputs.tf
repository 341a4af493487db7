output "arn" {
  description = "For a distribution of CloudFront."
  value       = aws_wafv2_web_acl.this.arn
}
