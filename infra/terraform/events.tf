# What starts it.

locals {
  patterns = {
    # pending and running create (the first as early as EC2 allows, the second for what was not attached yet), stopped gives the quota
    # back, terminated removes the sessions of interfaces that outlive their instance. stopping and shutting-down change nothing for a
    # workload, whose last packets are the ones an investigator wants; a sensor that stops hands its sources over at once.
    state = {
      description = "An instance starts, runs, stops or goes."
      enabled     = var.state_events
      pattern = jsonencode({
        source      = ["aws.ec2"]
        detail-type = ["EC2 Instance State-change Notification"]
        detail      = { state = ["pending", "running", "stopping", "stopped", "shutting-down", "terminated"] }
      })
    }

    tags = {
      description = "Somebody tagged something that can opt in or out. Which keys matter is the policy's to say."
      enabled     = var.tag_events
      pattern = jsonencode({
        source      = ["aws.tag"]
        detail-type = ["Tag Change on Resource"]
        detail      = { service = ["ec2"], resource-type = ["instance", "network-interface", "subnet", "vpc"] }
      })
    }

    api = {
      description = "An interface came or went, or somebody else touched a session."
      enabled     = var.api_events
      pattern = jsonencode({
        source      = ["aws.ec2"]
        detail-type = ["AWS API Call via CloudTrail"]
        detail = {
          eventSource = ["ec2.amazonaws.com"]
          eventName = [
            "AttachNetworkInterface",
            "DetachNetworkInterface",
            "CreateNetworkInterface",
            "DeleteTrafficMirrorSession",
            "ModifyTrafficMirrorSession",
          ]
          # A call that failed changed nothing.
          errorCode = [{ exists = false }]
          # Not the function's own calls, or it would follow itself about. A caller without a session (a user with keys) has no issuer.
          userIdentity = { sessionContext = { sessionIssuer = { arn = [{ exists = false }, { anything-but = [local.role_arn] }] } } }
        }
      })
    }

    parameters = {
      description = "The configuration changed."
      enabled     = var.parameter_events
      pattern = jsonencode({
        source      = ["aws.ssm"]
        detail-type = ["Parameter Store Change"]
        detail      = { name = [{ prefix = "${var.prefix}/" }] }
      })
    }

    findings = {
      description = "GuardDuty found something on an instance."
      enabled     = var.finding_events
      pattern = jsonencode({
        source      = ["aws.guardduty"]
        detail-type = ["GuardDuty Finding"]
        # A finding names its instance, also where its resource is a cluster; an attack sequence lists its resources.
        detail = { "$or" = [
          { resource = { instanceDetails = { instanceId = [{ exists = true }] } } },
          { service = { detection = { sequence = { resources = { resourceType = ["EC2_INSTANCE"] } } } } },
        ] }
      })
    }
  }
}

resource "aws_cloudwatch_event_rule" "event" {
  for_each = { for name, rule in local.patterns : name => rule if var.create }

  name          = "${var.deployment}-${each.key}"
  description   = each.value.description
  state         = each.value.enabled ? "ENABLED" : "DISABLED"
  event_pattern = each.value.pattern
  tags          = var.tags
}

# Events are for speed, the schedule is for truth: whatever was lost, late or done by hand is found here.
resource "aws_cloudwatch_event_rule" "schedule" {
  count = var.create && var.schedule != null ? 1 : 0

  name                = "${var.deployment}-schedule"
  description         = "Compares everything and repairs what drifted."
  schedule_expression = var.schedule
  tags                = var.tags
}

locals {
  rules = merge(
    { for name, rule in aws_cloudwatch_event_rule.event : name => rule },
    { for rule in aws_cloudwatch_event_rule.schedule : "schedule" => rule },
  )
}

resource "aws_cloudwatch_event_target" "event" {
  for_each = toset([for name in concat(keys(local.patterns), var.schedule == null ? [] : ["schedule"]) : name if var.create])

  rule      = local.rules[each.key].name
  target_id = "automirror"
  arn       = local.queued ? aws_sqs_queue.events[0].arn : aws_lambda_function.mirror[0].arn

  dead_letter_config {
    arn = aws_sqs_queue.failures[0].arn
  }
}

resource "aws_lambda_permission" "events" {
  count = var.create && !local.queued ? 1 : 0

  function_name  = aws_lambda_function.mirror[0].function_name
  action         = "lambda:InvokeFunction"
  principal      = "events.amazonaws.com"
  source_account = local.account
  source_arn     = local.any_rule
}

locals {
  any_rule = "arn:${local.partition}:events:${local.region}:${local.account}:rule/${var.deployment}-*"
}

# Where events lie that failed for good, and those that could not be delivered.

resource "aws_sqs_queue" "failures" {
  count = var.create ? 1 : 0

  name                      = "${var.deployment}-failures"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = local.encrypted ? null : true
  kms_master_key_id         = var.kms_key_arn
  tags                      = var.tags
}

resource "aws_sqs_queue_policy" "failures" {
  count = var.create ? 1 : 0

  queue_url = aws_sqs_queue.failures[0].url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "WhatCouldNotBeDelivered"
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.failures[0].arn
      Condition = { ArnLike = { "aws:SourceArn" = local.any_rule } }
      }, {
      Sid       = "OnlyEncrypted"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = aws_sqs_queue.failures[0].arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# Through a queue, when asked for.

resource "aws_sqs_queue" "events" {
  count = local.queued ? 1 : 0

  name                      = "${var.deployment}-events"
  message_retention_seconds = 345600
  sqs_managed_sse_enabled   = local.encrypted ? null : true
  kms_master_key_id         = var.kms_key_arn
  tags                      = var.tags

  # As long as an invocation may take, which Lambda demands, and no longer. The advice to take six times that is for functions that fail
  # when throttled; here what a batch hands back would sleep through the rest of a storm.
  visibility_timeout_seconds = var.timeout_seconds

  # A delivery that Lambda itself throttles counts as a receive, and so does a part handed back: neither is a fault of the event.
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failures[0].arn, maxReceiveCount = 10 })
}

resource "aws_sqs_queue_policy" "events" {
  count = local.queued ? 1 : 0

  queue_url = aws_sqs_queue.events[0].url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "EventsOfTheseRules"
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.events[0].arn
      Condition = { ArnLike = { "aws:SourceArn" = local.any_rule } }
      }, {
      Sid       = "OnlyEncrypted"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = aws_sqs_queue.events[0].arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_lambda_event_source_mapping" "events" {
  count = local.queued ? 1 : 0

  function_name    = aws_lambda_function.mirror[0].arn
  event_source_arn = aws_sqs_queue.events[0].arn
  # A batch becomes one plan, and 200 ids fit into one describe.
  batch_size                         = 200
  maximum_batching_window_in_seconds = 2
  function_response_types            = ["ReportBatchItemFailures"]
  tags                               = var.tags

  scaling_config {
    # The fewest that Lambda allows: batches side by side only compete for EC2's rate.
    maximum_concurrency = 2
  }
}
