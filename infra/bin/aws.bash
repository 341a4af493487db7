# The steps of infra/bin/deploy. To be sourced, from the root of the checkout.

need_aws() {
  command -v aws >/dev/null || refuse \
    "There is no aws in PATH." \
    "Install the AWS CLI: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html"
}

need_docker() {
  docker info >/dev/null 2>&1 || refuse \
    "No Docker engine answers: the image is built with it." \
    "Start it, or run an image that was built before: --image TAG."
}

# A setting that stands alone in its line, as terraform.tfvars.example has it.
setting() {
  local value
  value=$(sed -n "s/^$1 *= *\"\(.*\)\".*/\1/p" "$settings")
  printf '%s' "${value:-$2}"
}

ask() {
  local answer
  printf '%s Only "yes" goes ahead: ' "$1"
  read -r answer
  [ "$answer" = yes ] || refuse "Nothing was changed."
}

# Stands for an image that is not built yet, where a plan wants one.
placeholder() {
  printf '%s@sha256:%064d' "$repository" 0
}

# The state names who may sign in how: a private bucket with a history, and nothing in the clear.
make_bucket() {
  aws s3api head-bucket --bucket "$bucket" >/dev/null 2>&1 && return
  echo "— State: s3://$bucket"
  local place=()
  [ "$region" = us-east-1 ] || place=(--create-bucket-configuration "LocationConstraint=$region")
  aws s3api create-bucket --bucket "$bucket" "${place[@]}" >/dev/null
  aws s3api put-bucket-versioning --bucket "$bucket" --versioning-configuration Status=Enabled
  aws s3api put-public-access-block --bucket "$bucket" --public-access-block-configuration \
    BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
  aws s3api put-bucket-policy --bucket "$bucket" --policy "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"TlsAlone\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":[\"arn:aws:s3:::$bucket\",\"arn:aws:s3:::$bucket/*\"],\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}]}"
}

use_bucket() {
  cat >infra/terraform/application/backend.tf <<TF
terraform {
  backend "s3" {
    bucket       = "$bucket"
    key          = "$project/terraform.tfstate"
    region       = "$region"
    encrypt      = true
    use_lockfile = true
  }
}
TF
}

make_repository() {
  aws ecr describe-repositories --repository-names "$project" >/dev/null 2>&1 && return
  echo "— Images: $repository"
  aws ecr create-repository --repository-name "$project" --image-tag-mutability IMMUTABLE \
    --image-scanning-configuration scanOnPush=true >/dev/null
  aws ecr put-lifecycle-policy --repository-name "$project" --lifecycle-policy-text \
    '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":30},"action":{"type":"expire"}}]}' >/dev/null
}

# The commit; with changes that are in none, the time too.
tag_of_checkout() {
  local commit
  commit=$(git rev-parse --short=12 HEAD)
  if [ -n "$(git status --porcelain)" ]; then commit="$commit-$(date -u +%Y%m%d%H%M%S)"; fi
  printf '%s' "$commit"
}

# A tag never comes to mean another image: what was pushed is not built again.
build_image() {
  digest_of "$1" >/dev/null 2>&1 && return
  local platform=linux/amd64
  [ "$(setting architecture X86_64)" = X86_64 ] || platform=linux/arm64
  docker build --platform "$platform" --file infra/image/Dockerfile --tag "$repository:$1" .
  aws ecr get-login-password | docker login --username AWS --password-stdin "${repository%%/*}"
  docker push "$repository:$1"
}

digest_of() {
  aws ecr describe-images --repository-name "$project" --image-ids "imageTag=$1" \
    --query 'imageDetails[0].imageDigest' --output text
}

# apply or destroy, with the image that runs and the one that migrates.
change() {
  terraform -chdir=infra/terraform/application "$1" -input=false -auto-approve -var-file="$settings" \
    -var image="$2" -var migration_image="$3"
}

# A field of an output that is an object.
output() {
  terraform -chdir=infra/terraform/application output -json "$1" |
    node -e 'process.stdin.on("data", (text) => process.stdout.write(String(JSON.parse(text)[process.argv[1]])))' "$2"
}

migrate() {
  local cluster task code
  cluster=$(output migration cluster)
  task=$(aws ecs run-task --cluster "$cluster" --launch-type FARGATE \
    --task-definition "$(output migration task_definition)" \
    --network-configuration "$(output migration network)" --query 'tasks[0].taskArn' --output text)
  [ "$task" != None ] || refuse "ECS did not start the migration. What runs was not changed."
  aws ecs wait tasks-stopped --cluster "$cluster" --tasks "$task"
  code=$(aws ecs describe-tasks --cluster "$cluster" --tasks "$task" \
    --query 'tasks[0].containers[0].exitCode' --output text)
  [ "$code" = 0 ] && return
  aws ecs describe-tasks --cluster "$cluster" --tasks "$task" --query 'tasks[0].stoppedReason' --output text >&2
  aws logs tail "$(output migration log_group)" --log-stream-name-prefix migration --since 30m --format short >&2 || true
  refuse "The migration failed ($code). What runs was not changed."
}

# ECS takes an image back that does not become ready, and is then as stable as after a success.
wait_for_service() {
  local cluster service
  cluster=$(output service cluster)
  service=$(output service service)
  aws ecs wait services-stable --cluster "$cluster" --services "$service" ||
    refuse "The application is not ready after ten minutes. Its log: aws logs tail $(output migration log_group)"
  [ "$(aws ecs describe-services --cluster "$cluster" --services "$service" --query 'services[0].taskDefinition' --output text)" = \
    "$(output service task_definition)" ] ||
    refuse "The new image did not become ready, and ECS went back to the last one. Its log: aws logs tail $(output migration log_group)"
}
