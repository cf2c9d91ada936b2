# Much of what can be said: several sensors, one of them another account's, the queue, every trigger, alarms to a topic.

variable "package" {
  description = "The path of the function's deployment package, made by infra/build.sh."
  type        = string
}

variable "network_load_balancer" {
  description = "The ARN of the Network Load Balancer before the default sensor."
  type        = string
}

resource "aws_sns_topic" "alarms" {
  name = "automirror-alarms"
}

module "automirror" {
  source = "../.."

  package    = var.package
  deployment = "mirror-production"
  prefix     = "/mirror/production"
  role_name  = "network-mirror"

  filter_ipv6    = true
  capture_points = { balancer = var.network_load_balancer }
  other_sensors = {
    forensics = ["tmt-0b71de94af3c20586"]
    partner   = ["tmt-0a6d5c81e93f7b420"]
  }
  shared_targets = ["arn:aws:ec2:us-east-1:210987654321:traffic-mirror-target/tmt-0a6d5c81e93f7b420"]

  policy = {
    tagLevels = ["interface", "instance", "subnet"]
    untagged  = "false"
    guardDuty = { severity = 7, sensor = "forensics", hours = 24 }
    exclude   = { kubernetesNodes = true }
  }

  delivery       = "queue"
  api_events     = true
  finding_events = true
  schedule       = "rate(30 minutes)"

  log_retention_days = 365
  alarm_topic        = aws_sns_topic.alarms.arn
  tags               = { team = "network-security" }
}

output "role_arn" {
  description = "For the security team's allow-list."
  value       = module.automirror.role_arn
}
