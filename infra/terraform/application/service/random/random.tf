# Of its own, because the mocked providers of `terraform test` make up nothing ephemeral: tests/mocks/random.tf.

ephemeral "aws_secretsmanager_random_password" "this" {
  password_length     = 64
  exclude_punctuation = true
}

output "text" {
  description = "64 letters and digits that AWS made up."
  value       = ephemeral.aws_secretsmanager_random_password.this.random_password
  ephemeral   = true
}
