# The shared filter and the default sensor's targets, when they are to be made. EC2 deletes neither while a session uses it: see
# "Tear down" in infra/README.md.

resource "aws_ec2_traffic_mirror_filter" "shared" {
  count = local.filter_made ? 1 : 0

  description      = "AutoMirror ${var.deployment}: everything, both ways."
  network_services = ["amazon-dns"]
  tags             = merge(var.tags, { Name = "${var.deployment} everything" })

  # EC2 changes no description. One that was made by hand keeps its own, since another would replace it.
  lifecycle {
    ignore_changes = [description]
  }
}

locals {
  filter_made = var.create && (var.filter == null || var.keep_filter)

  everything = {
    for version, rule in {
      ipv4 = { number = 100, block = "0.0.0.0/0" }
      ipv6 = { number = 200, block = "::/0" }
    } : version => rule if version == "ipv4" || var.filter_ipv6
  }
}

resource "aws_ec2_traffic_mirror_filter_rule" "ingress" {
  for_each = local.filter_made ? local.everything : {}

  traffic_mirror_filter_id = aws_ec2_traffic_mirror_filter.shared[0].id
  traffic_direction        = "ingress"
  rule_number              = each.value.number
  rule_action              = "accept"
  source_cidr_block        = each.value.block
  destination_cidr_block   = each.value.block
}

resource "aws_ec2_traffic_mirror_filter_rule" "egress" {
  for_each = local.filter_made ? local.everything : {}

  traffic_mirror_filter_id = aws_ec2_traffic_mirror_filter.shared[0].id
  traffic_direction        = "egress"
  rule_number              = each.value.number
  rule_action              = "accept"
  source_cidr_block        = each.value.block
  destination_cidr_block   = each.value.block
}

resource "aws_ec2_traffic_mirror_target" "default" {
  for_each = var.create ? var.capture_points : {}

  description                       = "AutoMirror ${var.deployment}: the default sensor."
  network_interface_id              = startswith(each.value, "eni-") ? each.value : null
  gateway_load_balancer_endpoint_id = startswith(each.value, "vpce-") ? each.value : null
  network_load_balancer_arn         = startswith(each.value, "arn:") ? each.value : null
  tags                              = merge(var.tags, { Name = "${var.deployment} default ${each.key}" })

  # EC2 deletes no target that a session uses. The new one comes first, so that AutoMirror can move the sessions to it. EC2 changes no
  # description either: one that was made by hand keeps its own.
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [description]
  }
}

# What the policy calls "hosts": "tagged".
resource "aws_ec2_tag" "sensor_host" {
  for_each = var.create ? var.sensor_hosts : {}

  resource_id = each.value
  key         = "automirror:sensor-host"
  value       = var.deployment
}

locals {
  filter          = var.filter != null ? var.filter : local.filter_made ? aws_ec2_traffic_mirror_filter.shared[0].id : ""
  pool            = [for name in sort(setsubtract(keys(var.capture_points), var.retiring)) : name if var.create]
  made_targets    = [for name in local.pool : aws_ec2_traffic_mirror_target.default[name].id]
  default_targets = concat(var.default_targets, local.made_targets)
}

# The configuration. A prefix is replaced by making the new parameters before the old ones go.

# The provider hides every parameter's value, as if it were secret. A reviewer of a plan has to see what changes: here it stands.
resource "terraform_data" "configuration" {
  count = var.create ? 1 : 0

  input = {
    filter  = local.filter
    targets = merge({ default = local.default_targets }, var.other_sensors)
    policy  = var.policy
  }
}

resource "aws_ssm_parameter" "filter" {
  count = var.create ? 1 : 0

  name        = "${var.prefix}/filter"
  type        = "String"
  description = "AutoMirror - the mirror filter that all sessions share."
  value       = local.filter
  tags        = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_ssm_parameter" "targets" {
  for_each = { for sensor, ids in merge({ default = local.default_targets }, var.other_sensors) : sensor => ids if var.create }

  name        = "${var.prefix}/targets/${each.key}"
  type        = "StringList"
  description = "AutoMirror - the mirror targets of the sensor ${each.key}."
  value       = join(",", each.value)
  tags        = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_ssm_parameter" "policy" {
  count = var.create ? 1 : 0

  name        = "${var.prefix}/policy"
  type        = "String"
  description = "AutoMirror - the policy document."
  value       = jsonencode(var.policy)
  tags        = var.tags

  lifecycle {
    create_before_destroy = true

    precondition {
      condition     = length(local.policy_errors) == 0
      error_message = "The policy is wrong: ${join("; ", local.policy_errors)}."
    }
  }

  # Last of all: that it is there is an event of its own, and leads to the first full sync of what already runs, by the rule for
  # parameters. What comes of that can fail no apply.
  depends_on = [
    aws_ssm_parameter.filter, aws_ssm_parameter.targets, aws_cloudwatch_event_target.event, aws_lambda_permission.events,
    aws_lambda_event_source_mapping.events, aws_lambda_function_event_invoke_config.mirror, aws_sqs_queue_policy.events,
    aws_cloudwatch_metric_alarm.alarm, aws_cloudwatch_dashboard.mirror,
  ]
}
