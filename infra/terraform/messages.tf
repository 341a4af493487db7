# What the pool mails and texts: messages.json, which the local pool of `npm run dev` is made of too.

locals {
  messages = jsondecode(file("${path.module}/messages.json"))

  # Mails are HTML. The lines keep their breaks in both.
  mails = {
    for name in ["invitation", "code"] : name => replace(replace(replace(
      join("\n<br>", local.messages[name].mail),
      "{app_url}", var.app_url),
      "{validity}", var.temporary_password_days == 1 ? "1 day" : "${var.temporary_password_days} days"),
      "{days}", tostring(var.temporary_password_days)
    )
  }
}
