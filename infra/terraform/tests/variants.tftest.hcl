# Against a provider that is only imagined: what the module makes of single settings, and what it refuses.

mock_provider "aws" {
  source = "./tests/account"
}

variables {
  # Any file will do for a package here.
  package = "./versions.tf"
}

run "nothing_is_made_where_nothing_is_to_be" {
  variables {
    create  = false
    package = null
  }

  assert {
    condition = alltrue([for made in [
      aws_lambda_function.mirror, aws_lambda_function_recursion_config.mirror, aws_lambda_function_event_invoke_config.mirror,
      aws_cloudwatch_log_group.function, aws_cloudwatch_event_rule.event, aws_cloudwatch_event_rule.schedule, aws_cloudwatch_event_target.event,
      aws_lambda_permission.events, aws_sqs_queue.failures, aws_sqs_queue_policy.failures, aws_sqs_queue.events, aws_sqs_queue_policy.events,
      aws_lambda_event_source_mapping.events, aws_iam_role.function, aws_iam_role_policy.mirror, aws_ec2_traffic_mirror_filter.shared,
      aws_ec2_traffic_mirror_filter_rule.ingress, aws_ec2_traffic_mirror_filter_rule.egress, aws_ec2_traffic_mirror_target.default,
      aws_ec2_tag.sensor_host, terraform_data.configuration, aws_ssm_parameter.filter, aws_ssm_parameter.targets, aws_ssm_parameter.policy,
      aws_cloudwatch_metric_alarm.alarm, aws_cloudwatch_metric_alarm.direct_lag, aws_cloudwatch_dashboard.mirror, aws_cloudwatch_query_definition.saved,
    ] : length(made) == 0])
    error_message = "Nothing is made."
  }
  assert {
    condition = alltrue([for told in [
      output.function_name, output.function_arn, output.deployment, output.prefix, output.filter_id, output.default_targets, output.role_name,
      output.role_arn, output.log_group, output.queue_url, output.failure_queue_url, output.role_policy,
    ] : told == null])
    error_message = "Nothing is told."
  }
}

run "nothing_is_made_of_all_that_was_asked_for" {
  command = plan

  variables {
    create         = false
    capture_points = { sensor = "eni-0123456789abcdef0" }
    other_sensors  = { forensics = ["tmt-0b71de94af3c20586"] }
    sensor_hosts   = { first = "i-0c5f6a7e1d2b39481" }
    delivery       = "queue"
    policy         = { mode = "observe" }
  }

  assert {
    condition     = length(aws_ssm_parameter.targets) + length(aws_ec2_traffic_mirror_target.default) + length(aws_sqs_queue.events) == 0
    error_message = "Nothing is made."
  }
}

run "thresholds_and_actions_are_said" {
  command = plan

  variables {
    default_targets           = ["tmt-0a6d5c81e93f7b420"]
    alarm_topic               = "arn:aws:sns:us-east-1:123456789012:alarms"
    urgent_alarm_topic        = "arn:aws:sns:us-east-1:123456789012:nights"
    insufficient_data_topic   = "arn:aws:sns:us-east-1:123456789012:doubts"
    ok_actions                = false
    errors_threshold          = 1
    throttles_threshold       = 2
    failures_threshold        = 3
    problems_threshold        = 4
    urgent_problems_threshold = 5
    request_rate_threshold    = 6
    coverage_percent          = 80
    lag_seconds               = 120
    silence_hours             = 7
  }

  assert {
    condition = { for name, alarm in merge(aws_cloudwatch_metric_alarm.alarm, { lag = aws_cloudwatch_metric_alarm.direct_lag[0] }) : name => alarm.threshold } == {
      errors       = 1, throttles = 2, failures = 3, problems = 4, request-rate = 6, coverage = 80, lag = 120, paused = 0, silence = 1
      blast-radius = 5, broken-plan = 5, capacity-exhausted = 5, failed = 5, filter-unusable = 5, incomplete = 5, sensor-gone = 5, target-gone = 5
    }
    error_message = "Every alarm has the threshold that was said; paused knows only yes and no."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.alarm["silence"].evaluation_periods == 7 && aws_cloudwatch_metric_alarm.alarm["silence"].period == 3600
    error_message = "Silence is counted in hours."
  }
  assert {
    condition = alltrue([for alarm in concat(values(aws_cloudwatch_metric_alarm.alarm), aws_cloudwatch_metric_alarm.direct_lag) :
    length(alarm.ok_actions) == 0 && alarm.insufficient_data_actions == toset(["arn:aws:sns:us-east-1:123456789012:doubts"])])
    error_message = "The end of an alarm is told to nobody, and a want of data to its own topic."
  }
}

run "silence_is_longer_than_the_schedule" {
  command = plan

  variables {
    default_targets = ["tmt-0a6d5c81e93f7b420"]
    schedule        = "rate(1 day)"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.alarm["silence"].evaluation_periods == 49
    error_message = "Two intervals and one hour."
  }
}

run "silence_with_a_cron_expression_is_a_day" {
  command = plan

  variables {
    default_targets = ["tmt-0a6d5c81e93f7b420"]
    schedule        = "cron(0 * * * ? *)"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.alarm["silence"].evaluation_periods == 25
    error_message = "A day and an hour."
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
    condition     = aws_lambda_function.mirror[0].memory_size == 512
    error_message = "A null is the default."
  }
}

run "a_boundary_is_for_a_role_that_is_made" {
  command = plan

  variables {
    default_targets      = ["tmt-0a6d5c81e93f7b420"]
    existing_role        = { name = "mirror" }
    permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
  }

  expect_failures = [var.existing_role]
}

run "a_role_is_given_by_its_name" {
  command = plan

  variables {
    default_targets = ["tmt-0a6d5c81e93f7b420"]
    existing_role   = { name = "arn:aws:iam::123456789012:role/mirror" }
  }

  expect_failures = [var.existing_role]
}

run "a_group_is_given_by_its_id" {
  command = plan

  variables {
    default_targets    = ["tmt-0a6d5c81e93f7b420"]
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = ["automirror"]
  }

  expect_failures = [var.security_group_ids]
}

run "groups_without_subnets_are_refused" {
  command = plan

  variables {
    default_targets    = ["tmt-0a6d5c81e93f7b420"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  expect_failures = [var.security_group_ids]
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
    subnet_ids         = ["vpc-0123456789abcdef0"]
    existing_log_group = "a log group"
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

    code_signing_config_arn   = "csc-0123456789abcdef0"
    permissions_boundary      = "boundary"
    insufficient_data_topic   = "arn:aws:sns:nonsense"
    errors_threshold          = -1
    throttles_threshold       = -1
    failures_threshold        = -1
    problems_threshold        = -1
    urgent_problems_threshold = -1
    request_rate_threshold    = -1
    silence_hours             = 0.5
  }

  expect_failures = [
    var.filter, var.default_targets, var.other_sensors, var.shared_targets, var.sensor_filters, var.sensor_hosts, var.session_tag_keys,
    var.package, var.role_path, var.kms_key_arn, var.urgent_alarm_topic, var.policy, var.deployment, var.prefix,
    var.role_name, var.schedule, var.delivery, var.runtime, var.architecture, var.memory_megabytes, var.timeout_seconds, var.trust_store,
    var.log_level, var.log_retention_days, var.alarm_topic, var.coverage_percent, var.lag_seconds,
    var.code_signing_config_arn, var.permissions_boundary, var.existing_log_group, var.subnet_ids,
    var.insufficient_data_topic, var.errors_threshold, var.throttles_threshold, var.failures_threshold, var.problems_threshold,
    var.urgent_problems_threshold, var.request_rate_threshold, var.silence_hours,
  ]
}
