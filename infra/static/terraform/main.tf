# Mirrors given network interfaces for good, without AutoMirror: a filter, a target and a session for each, all of them resources.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

variable "source_interfaces" {
  description = "The interfaces whose traffic is copied: name => eni-...."
  type        = map(string)
}

variable "capture_interface" {
  description = "The sensor's capture interface, eni-...."
  type        = string
}

variable "session_number" {
  description = "A packet goes to the session with the lowest number whose filter accepts it."
  type        = number
  default     = 1

  validation {
    condition     = var.session_number >= 1 && var.session_number <= 32766
    error_message = "A session's number is from 1 to 32766."
  }
}

resource "aws_ec2_traffic_mirror_filter" "everything" {
  description      = "Everything, both ways."
  network_services = ["amazon-dns"]
  tags             = { Name = "everything" }
}

resource "aws_ec2_traffic_mirror_filter_rule" "everything" {
  for_each = toset(["ingress", "egress"])

  traffic_mirror_filter_id = aws_ec2_traffic_mirror_filter.everything.id
  traffic_direction        = each.key
  rule_number              = 100
  rule_action              = "accept"
  source_cidr_block        = "0.0.0.0/0"
  destination_cidr_block   = "0.0.0.0/0"
}

resource "aws_ec2_traffic_mirror_target" "sensor" {
  description          = "The sensor."
  network_interface_id = var.capture_interface
  tags                 = { Name = "sensor" }
}

resource "aws_ec2_traffic_mirror_session" "static" {
  for_each = var.source_interfaces

  description              = "Made by Terraform."
  network_interface_id     = each.value
  traffic_mirror_target_id = aws_ec2_traffic_mirror_target.sensor.id
  traffic_mirror_filter_id = aws_ec2_traffic_mirror_filter.everything.id
  session_number           = var.session_number
  tags                     = { Name = "static ${each.key}" }

  # A session made while its filter has no rules copies nothing until it has.
  depends_on = [aws_ec2_traffic_mirror_filter_rule.everything]
}

output "filter_id" {
  description = "For AutoMirror's variable filter, should it take over."
  value       = aws_ec2_traffic_mirror_filter.everything.id
}

output "target_id" {
  description = "For AutoMirror's variable default_targets, should it take over."
  value       = aws_ec2_traffic_mirror_target.sensor.id
}
