variable "name" {
  description = "What every name begins with."
  type        = string
}

variable "cidr" {
  description = "The VPC's addresses."
  type        = string
}

variable "nat" {
  description = "none, one or each."
  type        = string
}
