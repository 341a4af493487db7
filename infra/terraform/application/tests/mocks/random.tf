# In place of service/random/random.tf: the mocked providers of `terraform test` make up nothing ephemeral.

output "text" {
  description = "What AWS would make up."
  value       = "mock"
}
