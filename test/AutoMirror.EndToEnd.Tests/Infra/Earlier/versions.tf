terraform {
  # 1.9: a variable's validation may look at other variables.
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # The runtime dotnet10 needs a version 6 that knows it; all else works from here on.
      version = ">= 5.100, < 7.0"
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.id

  ec2 = "arn:${local.partition}:ec2:${local.region}:${local.account}"
  ssm = "arn:${local.partition}:ssm:${local.region}:${local.account}"
}
