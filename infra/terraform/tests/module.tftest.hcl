# Against a provider that is only imagined: what the module would make, and what it refuses.

mock_provider "aws" {
  source = "./tests/account"
}

variables {
  # Any file will do for a package here.
  package = "./versions.tf"
}

run "the_least" {
  variables {
    capture_points = { sensor = "eni-0123456789abcdef0" }
  }

  assert {
    condition     = output.filter_id == "tmf-0123456789abcdef0" && output.default_targets == ["tmt-0123456789abcdef1"]
    error_message = "The filter and the target that are made are the ones in use."
  }
  assert {
    condition     = toset(aws_ec2_traffic_mirror_filter.shared[0].network_services) == toset(["amazon-dns"])
    error_message = "Amazon's DNS is mirrored too."
  }
  assert {
    condition     = keys(aws_ec2_traffic_mirror_filter_rule.ingress) == ["ipv4"] && keys(aws_ec2_traffic_mirror_filter_rule.egress) == ["ipv4"]
    error_message = "The filter accepts IPv4, in both directions."
  }
  assert {
    condition     = length(aws_sqs_queue.events) == 0 && length(aws_lambda_function_recursion_config.mirror) == 0 && output.queue_url == null
    error_message = "Direct delivery has no queue."
  }
  assert {
    condition     = aws_lambda_function.mirror.reserved_concurrent_executions == 5
    error_message = "Direct delivery has a small reserved concurrency."
  }
  assert {
    condition     = aws_lambda_function_event_invoke_config.mirror.maximum_event_age_in_seconds == 21600
    error_message = "Direct delivery waits as long as Lambda lets it."
  }
}

run "everything" {
  variables {
    deployment           = "mirror-production"
    prefix               = "/mirror/production"
    filter_ipv6          = true
    default_targets      = ["tmt-0a6d5c81e93f7b421"]
    capture_points       = { a = "vpce-0123456789abcdef0", b = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/sensors/50dc6c495c0c9188" }
    other_sensors        = { forensics = ["tmt-0b71de94af3c20586"], partner = ["tmt-0a6d5c81e93f7b420"] }
    shared_targets       = ["arn:aws:ec2:us-east-1:210987654321:traffic-mirror-target/tmt-0a6d5c81e93f7b420"]
    targets_by_tag       = true
    policy               = { untagged = "true" }
    api_events           = true
    finding_events       = true
    delivery             = "queue"
    reserved_concurrency = 0
    trust_store          = "folder"
    alarm_topic          = "arn:aws:sns:us-east-1:123456789012:alarms"
  }

  assert {
    condition     = keys(aws_ec2_traffic_mirror_filter_rule.egress) == ["ipv4", "ipv6"]
    error_message = "The filter accepts IPv6 when asked to."
  }
  assert {
    condition     = aws_ec2_traffic_mirror_target.default["a"].gateway_load_balancer_endpoint_id == "vpce-0123456789abcdef0"
    error_message = "An endpoint becomes an endpoint's target."
  }
  assert {
    condition     = endswith(aws_ec2_traffic_mirror_target.default["b"].network_load_balancer_arn, "/50dc6c495c0c9188")
    error_message = "A load balancer becomes a load balancer's target."
  }
  assert {
    condition     = keys(aws_ssm_parameter.targets) == ["default", "forensics", "partner"] && aws_ssm_parameter.targets["partner"].name == "/mirror/production/targets/partner"
    error_message = "Each sensor has its parameter, under the prefix."
  }
  assert {
    condition     = aws_ssm_parameter.policy.value == "{\"untagged\":\"true\"}"
    error_message = "The policy is written as JSON."
  }
  assert {
    condition = alltrue([
      aws_sqs_queue.events[0].visibility_timeout_seconds == aws_lambda_function.mirror.timeout,
      jsondecode(aws_sqs_queue.events[0].redrive_policy).maxReceiveCount >= 10,
      aws_lambda_event_source_mapping.events[0].scaling_config[0].maximum_concurrency == 2,
      aws_lambda_event_source_mapping.events[0].maximum_batching_window_in_seconds >= 1,
      contains(aws_lambda_event_source_mapping.events[0].function_response_types, "ReportBatchItemFailures"),
      aws_lambda_function_recursion_config.mirror[0].recursive_loop == "Allow",
    ])
    error_message = "The queue is set for a storm."
  }
  assert {
    condition     = aws_lambda_function.mirror.environment[0].variables["AUTOMIRROR_QUEUE_URL"] == output.queue_url
    error_message = "The function knows its queue."
  }
  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.alarm : contains(alarm.alarm_actions, "arn:aws:sns:us-east-1:123456789012:alarms")])
    error_message = "The alarms tell the topic."
  }
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

run "wrong_values_are_refused" {
  command = plan

  variables {
    filter             = "tmt-0a6d5c81e93f7b420"
    default_targets    = ["tmf-0d19f7e3a25c84b60"]
    other_sensors      = { default = ["tmt-0a6d5c81e93f7b420"] }
    shared_targets     = ["tmt-0a6d5c81e93f7b420"]
    policy             = "off"
    deployment         = "auto_mirror"
    prefix             = "automirror/"
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
    var.filter, var.default_targets, var.other_sensors, var.shared_targets, var.policy, var.deployment, var.prefix,
    var.role_name, var.schedule, var.delivery, var.runtime, var.architecture, var.memory_megabytes, var.timeout_seconds, var.trust_store,
    var.log_level, var.log_retention_days, var.alarm_topic, var.coverage_percent, var.lag_seconds,
  ]
}
