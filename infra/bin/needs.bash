# What both scripts look for before they touch anything. To be sourced, from the root of the checkout.

refuse() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Sets `yes` and `options`: what Terraform is told. It asks by itself, unless it is told not to.
read_arguments() {
  yes=false
  options=(-input=false)
  local argument
  for argument in "$@"; do
    case "$argument" in
      -y) yes=true ;;
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

need_somebody_to_ask() {
  "$yes" || [ -t 0 ] || refuse "There is nobody to ask. With -y it goes ahead without asking."
}
