# What a platform team asks: a function inside a VPC without a way to the internet, a key of one's own, a role in its path and within its
# boundary, a log group that outlives the module. From the subnets, VPC endpoints have to lead to EC2, Systems Manager (ssm), SQS and
# CloudWatch Logs.

variable "package" {
  description = "The path of the function's deployment package, made by infra/build.sh."
  type        = string
}

variable "capture_interface" {
  description = "The sensor's capture interface, eni-...."
  type        = string
}

variable "subnet_ids" {
  description = "Two subnets or more, in zones of their own."
  type        = list(string)
}

variable "security_group_id" {
  description = "A security group that lets TCP 443 out to the endpoints."
  type        = string
}

variable "kms_key_arn" {
  description = "The key. Its policy lets logs.<region>.amazonaws.com and events.amazonaws.com use it."
  type        = string
}

variable "permissions_boundary" {
  description = "The ARN of the policy that bounds every role of a workload."
  type        = string
}

resource "aws_cloudwatch_log_group" "automirror" {
  name              = "/network/automirror"
  retention_in_days = 400
  kms_key_id        = var.kms_key_arn

  lifecycle {
    prevent_destroy = true
  }
}

module "automirror" {
  source = "../.."

  package        = var.package
  capture_points = { sensor = var.capture_interface }

  role_path            = "/network/"
  permissions_boundary = var.permissions_boundary
  subnet_ids           = var.subnet_ids
  security_group_ids   = [var.security_group_id]
  kms_key_arn          = var.kms_key_arn
  existing_log_group   = aws_cloudwatch_log_group.automirror.name

  delivery = "queue"
  tags     = { owner = "network-security", cost-centre = "4711" }

  session_tag_keys = ["cost-centre"]
  policy           = { sessionTags = { cost-centre = "4711" } }
}

output "role_arn" {
  description = "For the security team's allow-list."
  value       = module.automirror.role_arn
}
