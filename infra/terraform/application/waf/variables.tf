variable "name" {
  description = "Name of the web ACL and of its metrics."
  type        = string
}

variable "scope" {
  description = "REGIONAL for a load balancer, CLOUDFRONT for a distribution."
  type        = string
}

variable "load_balancer_arn" {
  description = "What it stands before, when that is a load balancer."
  type        = string
  default     = null
}

variable "requests" {
  description = "Requests of an address in five minutes."
  type        = number
}

variable "sign_ins" {
  description = "Of those, requests to what signs people in."
  type        = number
}
