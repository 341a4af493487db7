# A VPC over two zones: public subnets for the load balancer, private ones for the tasks, and closed ones, without a way
# to the internet, for the database.

data "aws_region" "current" {}

data "aws_availability_zones" "available" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  zones = { a = data.aws_availability_zones.available.names[0], b = data.aws_availability_zones.available.names[1] }
  # Sixteenths of the range.
  ranges = {
    public   = { a = 0, b = 1 }
    private  = { a = 4, b = 5 }
    database = { a = 8, b = 9 }
  }
  nats = { none = {}, one = { a = local.zones.a }, each = local.zones }[var.nat]
}

resource "aws_vpc" "this" {
  cidr_block           = var.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = { Name = var.name }
}

# Whatever is put into the VPC without a group of its own reaches nothing.
resource "aws_default_security_group" "this" {
  vpc_id  = aws_vpc.this.id
  ingress = []
  egress  = []
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = var.name }
}

resource "aws_subnet" "public" {
  for_each = local.zones

  vpc_id = aws_vpc.this.id
  # Whoever needs an address of the internet asks for one.
  map_public_ip_on_launch = false
  availability_zone       = each.value
  cidr_block              = cidrsubnet(var.cidr, 4, local.ranges.public[each.key])

  tags = { Name = "${var.name}-public-${each.key}" }
}

resource "aws_subnet" "private" {
  for_each = local.zones

  vpc_id            = aws_vpc.this.id
  availability_zone = each.value
  cidr_block        = cidrsubnet(var.cidr, 4, local.ranges.private[each.key])

  tags = { Name = "${var.name}-private-${each.key}" }
}

resource "aws_subnet" "database" {
  for_each = local.zones

  vpc_id            = aws_vpc.this.id
  availability_zone = each.value
  cidr_block        = cidrsubnet(var.cidr, 4, local.ranges.database[each.key])

  tags = { Name = "${var.name}-database-${each.key}" }
}
