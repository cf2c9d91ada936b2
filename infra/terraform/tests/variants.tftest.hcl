# Against a provider that is only imagined: what the module makes of single settings, and what it refuses.

mock_provider "aws" {
  source = "./tests/account"
}

variables {
  # Any file will do for a package here.
  package = "./versions.tf"
}

run "a_platform_team_is_content" {
  variables {
    default_targets         = ["tmt-0a6d5c81e93f7b420"]
    package                 = null
    package_s3              = { bucket = "artifacts", key = "automirror.zip", version = "3sL4kqtJlcpXroDTDmJ" }
    code_signing_config_arn = "arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-0123456789abcdef0"
    role_path               = "/network/"
    permissions_boundary    = "arn:aws:iam::123456789012:policy/boundary"
    subnet_ids              = ["subnet-0123456789abcdef0"]
    security_group_ids      = ["sg-0123456789abcdef0"]
    kms_key_arn             = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    existing_log_group      = "/network/automirror"
    delivery                = "queue"
    tags                    = { owner = "network" }
  }

  assert {
    condition     = aws_lambda_function.mirror.s3_bucket == "artifacts" && aws_lambda_function.mirror.s3_object_version == "3sL4kqtJlcpXroDTDmJ"
    error_message = "The package comes from the bucket."
  }
  assert {
    condition     = aws_lambda_function.mirror.code_signing_config_arn != null && aws_lambda_function.mirror.kms_key_arn != null
    error_message = "The code is signed and the environment encrypted."
  }
  assert {
    condition     = aws_lambda_function.mirror.vpc_config[0].subnet_ids == toset(["subnet-0123456789abcdef0"])
    error_message = "The function lives in the VPC."
  }
  assert {
    condition     = aws_iam_role.function[0].path == "/network/" && aws_iam_role.function[0].permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "The role lies in its path, within its boundary."
  }
  assert {
    condition     = alltrue([for queue in [aws_sqs_queue.failures, aws_sqs_queue.events[0]] : queue.kms_master_key_id == var.kms_key_arn])
    error_message = "The queues are encrypted with the key."
  }
  assert {
    condition     = length(aws_cloudwatch_log_group.function) == 0 && output.log_group == "/network/automirror"
    error_message = "A log group that is given is not made."
  }
  assert {
    condition = alltrue([for tags in concat(
      [aws_lambda_function.mirror.tags, aws_iam_role.function[0].tags, aws_sqs_queue.failures.tags, aws_sqs_queue.events[0].tags,
      aws_lambda_event_source_mapping.events[0].tags, aws_ssm_parameter.filter.tags, aws_ssm_parameter.policy.tags],
      [for each in aws_ssm_parameter.targets : each.tags], [for each in aws_cloudwatch_event_rule.event : each.tags],
      [for each in aws_cloudwatch_metric_alarm.alarm : each.tags],
      [aws_ec2_traffic_mirror_filter.shared[0].tags],
    ) : tags["owner"] == "network"])
    error_message = "All that can carry tags carries them."
  }
}

run "a_role_that_exists_is_taken" {
  variables {
    default_targets = ["tmt-0a6d5c81e93f7b420"]
    existing_role   = { name = "mirror", path = "/network/" }
  }

  assert {
    condition     = length(aws_iam_role.function) == 0 && length(aws_iam_role_policy.mirror) == 0
    error_message = "No role is made."
  }
  assert {
    condition     = aws_lambda_function.mirror.role == "arn:aws:iam::123456789012:role/network/mirror" && output.role_name == "mirror"
    error_message = "The function takes the role."
  }
  assert {
    condition     = length(jsondecode(output.role_policy).Statement) > 5
    error_message = "What the role needs is told."
  }
}

run "a_capture_point_retires" {
  variables {
    capture_points = { old = "eni-0123456789abcdef0", new = "eni-0fedcba9876543210" }
    retiring       = ["old"]
    filter         = "tmf-0d19f7e3a25c84b60"
    keep_filter    = true
  }

  assert {
    condition     = length(aws_ec2_traffic_mirror_target.default) == 2 && length(output.default_targets) == 1
    error_message = "Its target stays, and is in no pool."
  }
  assert {
    condition     = length(aws_ec2_traffic_mirror_filter.shared) == 1 && output.filter_id == "tmf-0d19f7e3a25c84b60"
    error_message = "The filter that was made stays, and is not used."
  }
}

run "nothing_is_left_when_all_retire" {
  command = plan

  variables {
    capture_points = { old = "eni-0123456789abcdef0" }
    retiring       = ["old"]
  }

  expect_failures = [var.retiring]
}

run "what_exists_is_taken" {
  variables {
    filter          = "tmf-0d19f7e3a25c84b60"
    default_targets = ["tmt-0a6d5c81e93f7b420", "tmt-0b71de94af3c20586"]
    schedule        = null
    alarms          = false
  }

  assert {
    condition     = length(aws_ec2_traffic_mirror_filter.shared) == 0 && output.filter_id == "tmf-0d19f7e3a25c84b60"
    error_message = "A filter that is given is not made."
  }
  assert {
    condition     = aws_ssm_parameter.targets["default"].value == "tmt-0a6d5c81e93f7b420,tmt-0b71de94af3c20586"
    error_message = "Several targets are a pool."
  }
  assert {
    condition     = length(aws_cloudwatch_event_rule.schedule) == 0 && length(aws_cloudwatch_metric_alarm.alarm) == 0 && length(aws_cloudwatch_dashboard.mirror) == 0
    error_message = "What is switched off is not made."
  }
}

run "somewhere_to_mirror_to_is_needed" {
  command         = plan
  expect_failures = [var.default_targets]
}

run "a_queue_with_room_for_one_is_refused" {
  command = plan

  variables {
    default_targets      = ["tmt-0a6d5c81e93f7b420"]
    delivery             = "queue"
    reserved_concurrency = 1
  }

  expect_failures = [var.reserved_concurrency]
}

run "an_instance_is_no_capture_point" {
  command = plan

  variables {
    capture_points = { sensor = "i-0c5f6a7e1d2b39481" }
  }

  expect_failures = [var.capture_points]
}

run "a_sensor_can_not_be_called_as_a_keyword" {
  command = plan

  variables {
    default_targets = ["tmt-0a6d5c81e93f7b420"]
    other_sensors   = { On = ["tmt-0a6d5c81e93f7b420"] }
  }

  expect_failures = [var.other_sensors]
}

run "schedules_are_those_of_EventBridge" {
  command = plan

  variables {
    default_targets = ["tmt-0a6d5c81e93f7b420"]
    schedule        = "rate(1 hours)"
  }

  expect_failures = [var.schedule]
}

run "nulls_are_defaults" {
  command = plan

  variables {
    default_targets  = ["tmt-0a6d5c81e93f7b420"]
    capture_points   = null
    other_sensors    = null
    policy           = null
    tags             = null
    memory_megabytes = null
    retiring         = null
  }

  assert {
    condition     = aws_lambda_function.mirror.memory_size == 512
    error_message = "A null is the default."
  }
}

run "wrong_values_are_refused" {
  command = plan

  variables {
    filter             = "tmt-0a6d5c81e93f7b420"
    default_targets    = ["tmf-0d19f7e3a25c84b60"]
    other_sensors      = { default = ["tmt-0a6d5c81e93f7b420"] }
    shared_targets     = ["tmt-0a6d5c81e93f7b420"]
    sensor_filters     = ["tmt-0a6d5c81e93f7b420"]
    sensor_hosts       = { first = "eni-0123456789abcdef0" }
    session_tag_keys   = ["automirror:managed-by"]
    package_s3         = { bucket = "artifacts", key = "automirror.zip" }
    role_path          = "network"
    kms_key_arn        = "alias/mirror"
    subnet_ids         = ["subnet-0123456789abcdef0"]
    urgent_alarm_topic = "arn:aws:sns:nonsense"
    policy             = "off"
    deployment         = "auto_mirror"
    prefix             = "/aws/automirror"
    role_name          = "a role"
    schedule           = "hourly"
    delivery           = "kinesis"
    runtime            = "dotnet8"
    architecture       = "arm"
    memory_megabytes   = 64
    timeout_seconds    = 5
    trust_store        = "none"
    log_level          = "INFORMATION"
    log_retention_days = 10
    alarm_topic        = "security@example.net"
    coverage_percent   = 101
    lag_seconds        = 1
  }

  expect_failures = [
    var.filter, var.default_targets, var.other_sensors, var.shared_targets, var.sensor_filters, var.sensor_hosts, var.session_tag_keys,
    var.package, var.role_path, var.kms_key_arn, var.security_group_ids, var.urgent_alarm_topic, var.policy, var.deployment, var.prefix,
    var.role_name, var.schedule, var.delivery, var.runtime, var.architecture, var.memory_megabytes, var.timeout_seconds, var.trust_store,
    var.log_level, var.log_retention_days, var.alarm_topic, var.coverage_percent, var.lag_seconds,
  ]
}
