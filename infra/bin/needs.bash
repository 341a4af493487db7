# What both scripts look for before they touch anything. To be sourced, from the root of the checkout.

refuse() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Sets `yes`, `replaceable` and `options`: what Terraform is told. It asks by itself, unless it is told not to.
read_arguments() {
  yes=false
  replaceable=()
  options=(-input=false)
  local argument
  for argument in "$@"; do
    case "$argument" in
      -y) yes=true ;;
      --may-replace=server | --may-replace=web) replaceable+=("aws_cognito_user_pool_client ${argument#*=}") ;;
      --may-replace=domain) replaceable+=("aws_cognito_user_pool_domain this") ;;
      --may-replace*) refuse "What may be replaced is server, web or domain: --may-replace=server" ;;
      -h | --help) usage; exit 0 ;;
      *) options+=("$argument") ;;
    esac
  done
  if "$yes"; then options+=(-auto-approve); else options[0]=-input=true; fi
}

need_terraform() {
  command -v terraform >/dev/null || refuse \
    "There is no terraform in PATH." \
    "Install Terraform 1.11 or later: https://developer.hashicorp.com/terraform/install"
}

need_node_modules() {
  command -v npm >/dev/null || refuse "There is no npm in PATH. Install Node 20.9 or later: it builds the Lambdas."
  [ -d node_modules ] || refuse "The packages are not installed. Run npm ci first."
}

# The AWS SDK looks where Terraform looks: variables, profiles, single sign-on, the machine's own role.
need_credentials() {
  local fault
  fault=$(node --input-type=module -e '
    import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
    const { credentials } = new CognitoIdentityProviderClient({ region: "none" }).config;
    await credentials().catch((error) => console.log(error.message));
  ' 2>/dev/null) || fault="the AWS SDK could not look for them"
  [ -z "$fault" ] || refuse \
    "There are no AWS credentials: $fault." \
    "Set AWS_PROFILE (after aws configure or aws sso login), or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
}

# How Terraform speaks to AWS. It is no part of the module, or nobody could use that with a provider of theirs.
need_provider() {
  [ -e provider.tf ] || cat provider.tf.example >provider.tf
}

# Lets Terraform destroy, in this run alone, what cognito.tf says it must not: each argument is a type and a name, and
# without any it is all of it.
unprotect() {
  local resource
  trap 'rm -f unprotected_override.tf' EXIT
  if [ $# -eq 0 ]; then
    cat unprotected_override.tf.example >unprotected_override.tf
    return
  fi
  for resource in "$@"; do
    printf 'resource "%s" "%s" {\n  lifecycle {\n    prevent_destroy = false\n  }\n}\n' ${resource}
  done >unprotected_override.tf
}

need_somebody_to_ask() {
  "$yes" || [ -t 0 ] || refuse "There is nobody to ask. With -y it goes ahead without asking."
}
