variable "name" {
  description = "Name of the cluster, and what every other name begins with."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of two zones."
  type        = list(string)
}

variable "security_group_id" {
  description = "Says who reaches it."
  type        = string
}

variable "postgres_version" {
  description = "Such as 16."
  type        = string
}

variable "minimum_acu" {
  description = "Capacity at least."
  type        = number
}

variable "maximum_acu" {
  description = "Capacity at most."
  type        = number
}

variable "instances" {
  description = "One writes, the others wait to take over."
  type        = number
}

variable "backup_days" {
  description = "Days that it can be brought back to."
  type        = number
}

variable "deletion_protection" {
  description = "Whether RDS refuses to delete it."
  type        = bool
}

variable "log_retention_days" {
  description = "Days that its log is kept."
  type        = number
}

variable "client_role_name" {
  description = "The role that signs in as the application."
  type        = string
}
