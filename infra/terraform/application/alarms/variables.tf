variable "name" {
  description = "What every name begins with."
  type        = string
}

variable "email" {
  description = "Who is mailed, or null."
  type        = string
}

variable "load_balancer" {
  description = "How CloudWatch calls the load balancer."
  type        = string
}

variable "target_group" {
  description = "How CloudWatch calls the target group."
  type        = string
}

variable "cluster" {
  description = "Name of the cluster of tasks."
  type        = string
}

variable "service" {
  description = "Name of the service."
  type        = string
}

variable "minimum_tasks" {
  description = "Tasks that always should be ready."
  type        = number
}

variable "log_group" {
  description = "The application's log."
  type        = string
}

variable "database" {
  description = "Name of the database's cluster, or null."
  type        = string
}

variable "database_maximum_acu" {
  description = "What the database may grow to."
  type        = number
}
