variable "name" {
  description = "What names begin with."
  type        = string
}

variable "names" {
  description = "Host names of the application, the main one first."
  type        = list(string)
}

variable "hosted_zone_id" {
  description = "The zone that they lie in."
  type        = string
}

variable "load_balancer_arn" {
  description = "Where requests go on to."
  type        = string
}

variable "load_balancer_dns" {
  description = "Its own name."
  type        = string
}

variable "web_acl_arn" {
  description = "The web ACL, or null."
  type        = string
}
