# What sessions are sealed with. AWS makes it up, Terraform hands it on, and neither the plan nor the state has it.

locals {
  session_secrets = toset(compact([var.session_secret, var.previous_secret]))
}

module "random" {
  source   = "./random"
  for_each = local.session_secrets
}

resource "aws_secretsmanager_secret" "session" {
  for_each = local.session_secrets

  # A deleted secret keeps its name for a week.
  name_prefix             = "${var.name}/session-${each.key}-"
  description             = "Seals the sessions of ${var.name}"
  recovery_window_in_days = 7
}

resource "aws_secretsmanager_secret_version" "session" {
  for_each = local.session_secrets

  secret_id        = aws_secretsmanager_secret.session[each.key].id
  secret_string_wo = module.random[each.key].text
  # It is written once. Another number would write another secret, and sign everybody out.
  secret_string_wo_version = 1
}
