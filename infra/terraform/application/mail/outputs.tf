output "identity_arn" {
  description = "The identity, once it is verified."
  value       = aws_ses_domain_identity_verification.this.arn
}
