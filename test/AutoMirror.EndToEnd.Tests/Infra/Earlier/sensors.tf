# The shared filter and the default sensor's targets, when they are to be made. EC2 deletes neither while a session uses it: see
# "Tear down" in infra/README.md.

resource "aws_ec2_traffic_mirror_filter" "shared" {
  count = var.filter == null ? 1 : 0

  description      = "AutoMirror ${var.deployment}: everything, both ways."
  network_services = ["amazon-dns"]
  tags             = merge(var.tags, { Name = "${var.deployment} everything" })
}

locals {
  everything = {
    for version, rule in {
      ipv4 = { number = 100, block = "0.0.0.0/0" }
      ipv6 = { number = 200, block = "::/0" }
    } : version => rule if version == "ipv4" || var.filter_ipv6
  }
}

resource "aws_ec2_traffic_mirror_filter_rule" "ingress" {
  for_each = var.filter == null ? local.everything : {}

  traffic_mirror_filter_id = aws_ec2_traffic_mirror_filter.shared[0].id
  traffic_direction        = "ingress"
  rule_number              = each.value.number
  rule_action              = "accept"
  source_cidr_block        = each.value.block
  destination_cidr_block   = each.value.block
}

resource "aws_ec2_traffic_mirror_filter_rule" "egress" {
  for_each = var.filter == null ? local.everything : {}

  traffic_mirror_filter_id = aws_ec2_traffic_mirror_filter.shared[0].id
  traffic_direction        = "egress"
  rule_number              = each.value.number
  rule_action              = "accept"
  source_cidr_block        = each.value.block
  destination_cidr_block   = each.value.block
}

resource "aws_ec2_traffic_mirror_target" "default" {
  for_each = var.capture_points

  description                       = "AutoMirror ${var.deployment}: the default sensor."
  network_interface_id              = startswith(each.value, "eni-") ? each.value : null
  gateway_load_balancer_endpoint_id = startswith(each.value, "vpce-") ? each.value : null
  network_load_balancer_arn         = startswith(each.value, "arn:") ? each.value : null
  tags                              = merge(var.tags, { Name = "${var.deployment} default ${each.key}" })
}

locals {
  filter          = var.filter == null ? aws_ec2_traffic_mirror_filter.shared[0].id : var.filter
  made_targets    = [for name in sort(keys(var.capture_points)) : aws_ec2_traffic_mirror_target.default[name].id]
  default_targets = concat(var.default_targets, local.made_targets)
}

# The configuration.

resource "aws_ssm_parameter" "filter" {
  name        = "${var.prefix}/filter"
  type        = "String"
  description = "AutoMirror - the mirror filter that all sessions share."
  value       = local.filter
  tags        = var.tags
}

resource "aws_ssm_parameter" "targets" {
  for_each = merge({ default = local.default_targets }, var.other_sensors)

  name        = "${var.prefix}/targets/${each.key}"
  type        = "StringList"
  description = "AutoMirror - the mirror targets of the sensor ${each.key}."
  value       = join(",", each.value)
  tags        = var.tags
}

resource "aws_ssm_parameter" "policy" {
  name        = "${var.prefix}/policy"
  type        = "String"
  description = "AutoMirror - the policy document."
  value       = jsonencode(var.policy)
  tags        = var.tags
}
