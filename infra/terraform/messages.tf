# What the pool mails and texts: messages.json, which the local pool of `npm run dev` is made of too.

locals {
  messages = jsondecode(file("${path.module}/messages.json"))

  # Mails are HTML. The lines keep their breaks in both. lambda/mail.ts does the same where a mail is worded for somebody.
  mails = {
    for name in ["invitation", "code"] : name => replace(replace(replace(replace(replace(
      join("\n<br>", local.messages[name].mail),
      "{welcome_en}", local.messages.invitation.welcome[0]),
      "{welcome_ja}", local.messages.invitation.welcome[1]),
      "{app_url}", var.app_url),
      "{validity}", var.temporary_password_days == 1 ? "1 day" : "${var.temporary_password_days} days"),
      "{days}", tostring(var.temporary_password_days)
    )
  }
}
