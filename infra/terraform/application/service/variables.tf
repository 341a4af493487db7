variable "name" {
  description = "Name of cluster, service and load balancer, and what every other name begins with."
  type        = string
}

variable "image" {
  description = "The image that runs; empty: none yet."
  type        = string
}

variable "migration_image" {
  description = "The image that migrates; empty: image."
  type        = string
}

variable "migration_command" {
  description = "How the migration is started in the image."
  type        = list(string)
  default     = ["node", "migrate.mjs"]
}

variable "repository_arn" {
  description = "Where the images are."
  type        = string
}

variable "environment" {
  description = "The application's variables."
  type        = map(string)
}

variable "secrets" {
  description = "The application's variables that come from Secrets Manager."
  type        = map(string)
}

variable "session_secret" {
  description = "a or b."
  type        = string
}

variable "previous_secret" {
  description = "The other one, or null."
  type        = string
}

variable "role_arn" {
  description = "The application's own role."
  type        = string
}

variable "migration" {
  description = "Variables and secrets of the migration."
  type = object({
    environment = map(string)
    secrets     = map(string)
  })
}

variable "vpc_id" {
  description = "Where all of it is."
  type        = string
}

variable "load_balancer_subnets" {
  description = "Subnets of two zones."
  type        = list(string)
}

variable "is_internal" {
  description = "Whether only the VPC, and CloudFront, reach the load balancer."
  type        = bool
}

variable "task_subnets" {
  description = "Where the tasks lie."
  type        = list(string)
}

variable "assigns_public_address" {
  description = "Whether tasks have a public address, in want of a NAT gateway."
  type        = bool
}

variable "load_balancer_group_id" {
  description = "The load balancer's security group."
  type        = string
}

variable "task_group_id" {
  description = "The tasks' security group."
  type        = string
}

variable "certificate_arn" {
  description = "The certificate."
  type        = string
}

variable "cpu" {
  description = "In 1024ths of a processor."
  type        = number
}

variable "memory" {
  description = "In MB."
  type        = number
}

variable "architecture" {
  description = "X86_64 or ARM64."
  type        = string
}

variable "minimum_tasks" {
  description = "Tasks at least."
  type        = number
}

variable "maximum_tasks" {
  description = "Tasks at most."
  type        = number
}

variable "deletion_protection" {
  description = "Whether the load balancer can be deleted."
  type        = bool
}

variable "log_retention_days" {
  description = "Days that the log is kept."
  type        = number
}
