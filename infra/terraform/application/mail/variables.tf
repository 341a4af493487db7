variable "domain" {
  description = "What the mails come from."
  type        = string
}

variable "hosted_zone_id" {
  description = "The zone that it lies in."
  type        = string
}
