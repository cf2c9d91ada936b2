# Against a provider that is only imagined: what the module would make. What these runs make is looked at further on, statement by
# statement, so that they are run with all that they print; the other files are not.

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
    condition     = aws_lambda_function.mirror[0].reserved_concurrent_executions == 5
    error_message = "Direct delivery has a small reserved concurrency."
  }
  assert {
    condition     = aws_lambda_function_event_invoke_config.mirror[0].maximum_event_age_in_seconds == 21600
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
    sensor_filters       = ["tmf-0d19f7e3a25c84b60"]
    session_tag_keys     = ["cost-centre"]
    sensor_hosts         = { first = "i-0c5f6a7e1d2b39481" }
    policy               = { untagged = "true", sensors = { forensics = { filter = "tmf-0d19f7e3a25c84b60" } }, sessionTags = { cost-centre = "4711" } }
    allow_deletes        = true
    api_events           = true
    finding_events       = true
    delivery             = "queue"
    reserved_concurrency = 0
    trust_store          = "folder"
    alarm_topic          = "arn:aws:sns:us-east-1:123456789012:alarms"
    urgent_alarm_topic   = "arn:aws:sns:us-east-1:123456789012:nights"

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
    condition = jsondecode(aws_ssm_parameter.policy[0].value) == {
      untagged = "true", sensors = { forensics = { filter = "tmf-0d19f7e3a25c84b60" } }, sessionTags = { cost-centre = "4711" }
    }
    error_message = "The policy is written as JSON."
  }
  assert {
    condition     = terraform_data.configuration[0].input.policy.untagged == "true" && terraform_data.configuration[0].input.targets.partner[0] == "tmt-0a6d5c81e93f7b420"
    error_message = "A plan shows the configuration, which the provider hides."
  }
  assert {
    condition = alltrue([
      aws_sqs_queue.events[0].visibility_timeout_seconds == aws_lambda_function.mirror[0].timeout,
      jsondecode(aws_sqs_queue.events[0].redrive_policy).maxReceiveCount >= 10,
      aws_lambda_event_source_mapping.events[0].scaling_config[0].maximum_concurrency == 2,
      aws_lambda_event_source_mapping.events[0].maximum_batching_window_in_seconds >= 1,
      contains(aws_lambda_event_source_mapping.events[0].function_response_types, "ReportBatchItemFailures"),
      aws_lambda_function_recursion_config.mirror[0].recursive_loop == "Allow",
    ])
    error_message = "The queue is set for a storm."
  }
  assert {
    condition     = aws_lambda_function.mirror[0].environment[0].variables["AUTOMIRROR_QUEUE_URL"] == output.queue_url
    error_message = "The function knows its queue."
  }
  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.alarm : contains(alarm.alarm_actions, "arn:aws:sns:us-east-1:123456789012:alarms")])
    error_message = "The alarms tell the topic."
  }
  assert {
    condition = toset([for name, alarm in aws_cloudwatch_metric_alarm.alarm : name if contains(alarm.alarm_actions, "arn:aws:sns:us-east-1:123456789012:nights")]) == toset([
      "errors", "coverage", "silence", "blast-radius", "broken-plan", "capacity-exhausted", "failed", "filter-unusable", "incomplete", "sensor-gone", "target-gone",
    ])
    error_message = "What is broken now tells the urgent topic too, and nothing else does."
  }
  assert {
    condition     = aws_ec2_tag.sensor_host["first"].resource_id == "i-0c5f6a7e1d2b39481" && aws_ec2_tag.sensor_host["first"].key == "automirror:sensor-host"
    error_message = "The hosts of sensors are marked."
  }
  assert {
    condition     = aws_lambda_function.mirror[0].environment[0].variables["AUTOMIRROR_ALLOW_DELETES"] == "true"
    error_message = "The function is told that a request may lift the limits."
  }
}

run "platform" {
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
    condition     = aws_lambda_function.mirror[0].s3_bucket == "artifacts" && aws_lambda_function.mirror[0].s3_object_version == "3sL4kqtJlcpXroDTDmJ"
    error_message = "The package comes from the bucket."
  }
  assert {
    condition     = aws_lambda_function.mirror[0].code_signing_config_arn != null && aws_lambda_function.mirror[0].kms_key_arn != null
    error_message = "The code is signed and the environment encrypted."
  }
  assert {
    condition     = aws_lambda_function.mirror[0].vpc_config[0].subnet_ids == toset(["subnet-0123456789abcdef0"])
    error_message = "The function lives in the VPC."
  }
  assert {
    condition     = aws_iam_role.function[0].path == "/network/" && aws_iam_role.function[0].permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "The role lies in its path, within its boundary."
  }
  assert {
    condition     = alltrue([for queue in [aws_sqs_queue.failures[0], aws_sqs_queue.events[0]] : queue.kms_master_key_id == var.kms_key_arn])
    error_message = "The queues are encrypted with the key."
  }
  assert {
    condition     = length(aws_cloudwatch_log_group.function) == 0 && output.log_group == "/network/automirror"
    error_message = "A log group that is given is not made."
  }
  assert {
    condition = alltrue([for tags in concat(
      [aws_lambda_function.mirror[0].tags, aws_iam_role.function[0].tags, aws_sqs_queue.failures[0].tags, aws_sqs_queue.events[0].tags,
      aws_lambda_event_source_mapping.events[0].tags, aws_ssm_parameter.filter[0].tags, aws_ssm_parameter.policy[0].tags],
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
    condition     = aws_lambda_function.mirror[0].role == "arn:aws:iam::123456789012:role/network/mirror" && output.role_name == "mirror"
    error_message = "The function takes the role."
  }
  assert {
    condition     = length(jsondecode(output.role_policy).Statement) > 5
    error_message = "What the role needs is told."
  }
}

run "minimal" {
  module {
    source = "./examples/minimal"
  }

  variables {
    capture_interface = "eni-0123456789abcdef0"
  }

  assert {
    condition     = output.function_name == "automirror"
    error_message = "The function is called as the deployment."
  }
}
