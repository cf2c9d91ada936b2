# The function's own metrics are in the namespace AutoMirror, with the dimension Deployment.

locals {
  watched = var.create && var.alarms

  # What the schedule promises, in hours: two intervals and one hour of a rate, but 3 at least; a day and an hour of a cron expression.
  rate          = try(regex("^rate\\(([0-9]+) (minute|hour|day)s?\\)$", var.schedule), null)
  rate_hours    = local.rate == null ? 12 : tonumber(local.rate[0]) * { minute = 1 / 60, hour = 1, day = 24 }[local.rate[1]]
  silence_hours = var.silence_hours == null ? min(168, max(3, ceil(2 * local.rate_hours) + 1)) : var.silence_hours

  alarms = {
    errors = {
      urgent      = true
      description = "Invocations fail. The log group says why; events are repeated."
      namespace   = "AWS/Lambda", metric = "Errors", dimensions = { FunctionName = var.deployment }
      threshold   = var.errors_threshold
    }
    throttles = {
      description = "For a quarter of an hour more came than reserved_concurrency lets through. Nothing is lost yet; sessions come late."
      namespace   = "AWS/Lambda", metric = "Throttles", dimensions = { FunctionName = var.deployment }
      periods     = 3, threshold = var.throttles_threshold
    }
    failures = {
      description = "Events failed for good and lie in the failure queue. The next schedule repairs what they were about."
      namespace   = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = "${var.deployment}-failures" }
      statistic   = "Maximum", threshold = var.failures_threshold
    }
    # Thirteen periods of five minutes: from one hourly full sync to the next, so that a problem which stays does not come and go.
    problems = {
      description = "The function saw something that a person should look at, such as a tag that names no sensor. The metric's dimension Problem says which kind, the log what to do. What is urgent has an alarm of its own."
      namespace   = "AutoMirror", metric = "Problems", dimensions = { Deployment = var.deployment }
      periods     = 13, datapoints = 1, threshold = var.problems_threshold
    }
    # Only a full sync knows the coverage: between two of them the last word stands.
    coverage = {
      urgent      = true
      description = "Fewer of the interfaces that should be mirrored are mirrored than coverage_percent demands."
      namespace   = "AutoMirror", metric = "Coverage", dimensions = { Deployment = var.deployment }
      statistic   = "Minimum", below = true, threshold = var.coverage_percent, missing = "ignore"
    }
    # 1 while the policy's mode, or the parameter <prefix>/mode, keeps AutoMirror from changing anything. The last word stands.
    paused = {
      description = "AutoMirror is switched off (off), or only watches (observe): nothing is mirrored anew. See <prefix>/mode and the policy's mode."
      namespace   = "AutoMirror", metric = "Paused", dimensions = { Deployment = var.deployment }
      statistic   = "Maximum", missing = "ignore"
    }
    request-rate = {
      description = "For a quarter of an hour EC2 refused calls since the account's request rate was used up. The calls were repeated; if another tool uses up the rate, sessions come late."
      namespace   = "AutoMirror", metric = "Throttles", dimensions = { Deployment = var.deployment }
      periods     = 3, threshold = var.request_rate_threshold
    }
  }

  # What is broken now: each kind has an alarm of its own, so that none hides behind a lesser problem that lasts.
  urgent_problems = {
    blast-radius       = "A full sync would have deleted or redirected more sessions than the policy's limits let through, and did not."
    broken-plan        = "AutoMirror made a plan that breaks its own rules, and carried none of it out. This is a bug."
    capacity-exhausted = "Interfaces wait for a sensor whose targets are full."
    failed             = "EC2 refused changes for good."
    filter-unusable    = "A mirror filter does not exist, or accepts no packet: no session is made with it."
    incomplete         = "EC2 could not be read completely, perhaps for want of a permission: nothing is deleted meanwhile."
    sensor-gone        = "The capture interface of a mirror target is gone: its sessions' packets arrive nowhere."
    target-gone        = "A mirror target of the configuration does not exist."
  }

  problem_alarms = { for kind, description in local.urgent_problems : kind => {
    urgent      = true
    description = "${description} The log says where, in the line whose field problem is ${kind}."
    namespace   = "AutoMirror", metric = "Problems", dimensions = { Deployment = var.deployment, Problem = kind }
    periods     = 13, datapoints = 1, threshold = var.urgent_problems_threshold
  } }

  queue_alarms = {
    lag = {
      description = "The oldest event in the queue has waited too long; sessions come late."
      namespace   = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", dimensions = { QueueName = "${var.deployment}-events" }
      statistic   = "Maximum", threshold = var.lag_seconds
    }
  }

  schedule_alarms = {
    silence = {
      urgent      = true
      description = "For ${local.silence_hours} hours nothing ran, not even the schedule."
      namespace   = "AWS/Lambda", metric = "Invocations", dimensions = { FunctionName = var.deployment }
      period      = 3600, periods = local.silence_hours, below = true, threshold = 1, missing = "breaching"
    }
  }

  alarm_topics  = compact([var.alarm_topic])
  urgent_topics = compact([var.alarm_topic, var.urgent_alarm_topic])
}

resource "aws_cloudwatch_metric_alarm" "alarm" {
  for_each = merge(
    { for name, alarm in local.alarms : name => alarm if local.watched },
    { for name, alarm in local.problem_alarms : name => alarm if local.watched },
    { for name, alarm in local.queue_alarms : name => alarm if local.watched && local.queued },
    { for name, alarm in local.schedule_alarms : name => alarm if local.watched && var.schedule != null },
  )

  alarm_name          = "${var.deployment}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = try(each.value.statistic, "Sum")
  period              = try(each.value.period, 300)
  evaluation_periods  = try(each.value.periods, 1)
  datapoints_to_alarm = try(each.value.datapoints, null)
  threshold           = try(each.value.threshold, 0)
  comparison_operator = try(each.value.below, false) ? "LessThanThreshold" : "GreaterThanThreshold"
  treat_missing_data  = try(each.value.missing, "notBreaching")
  alarm_actions       = try(each.value.urgent, false) ? local.urgent_topics : local.alarm_topics
  ok_actions          = [for topic in try(each.value.urgent, false) ? local.urgent_topics : local.alarm_topics : topic if var.ok_actions]
  tags                = var.tags

  insufficient_data_actions = compact([var.insufficient_data_topic])
}

# Lambda counts the age of its own events in milliseconds.
resource "aws_cloudwatch_metric_alarm" "direct_lag" {
  count = local.watched && !local.queued ? 1 : 0

  alarm_name          = "${var.deployment}-lag"
  alarm_description   = "An event waited too long before the function ran; sessions come late."
  evaluation_periods  = 1
  threshold           = var.lag_seconds
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_topics
  ok_actions          = [for topic in local.alarm_topics : topic if var.ok_actions]
  tags                = var.tags

  insufficient_data_actions = compact([var.insufficient_data_topic])

  metric_query {
    id          = "seconds"
    expression  = "milliseconds / 1000"
    label       = "age of events, seconds"
    return_data = true
  }

  metric_query {
    id = "milliseconds"

    metric {
      namespace   = "AWS/Lambda"
      metric_name = "AsyncEventAge"
      dimensions  = { FunctionName = var.deployment }
      period      = 300
      stat        = "Maximum"
    }
  }
}

locals {
  name = ["Deployment", var.deployment]

  waiting = local.queued ? {
    title  = "Waiting: age of the oldest message, s; events that failed for good"
    metric = ["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", "${var.deployment}-events"]
    } : {
    title  = "Waiting: age of asynchronous events, ms; events that failed for good"
    metric = ["AWS/Lambda", "AsyncEventAge", "FunctionName", var.deployment]
  }

  widgets = [
    {
      title       = "Coverage, %", yAxis = { left = { min = 0, max = 100 } }
      annotations = { horizontal = [{ label = "alarm", value = var.coverage_percent }] }
      metrics     = [concat(["AutoMirror", "Coverage"], local.name, [{ stat = "Minimum" }])]
    },
    {
      title   = "Sessions created, modified, deleted", stat = "Sum"
      metrics = [for metric in ["SessionsCreated", "SessionsModified", "SessionsDeleted"] : concat(["AutoMirror", metric], local.name)]
    },
    {
      title   = "From event to session, s"
      metrics = [concat(["AutoMirror", "SecondsToSession"], local.name, [{ stat = "p50" }]), ["...", { stat = "p99" }]]
    },
    {
      title = "Problems, by kind", stat = "Sum"
      metrics = [[{
        expression = "SEARCH('{AutoMirror,Deployment,Problem} MetricName=\"Problems\" Deployment=\"${var.deployment}\"', 'Sum', 300)"
      }]]
    },
    {
      title   = "Calls to AWS, and those refused by the request rate", stat = "Sum"
      metrics = [for metric in ["ApiCalls", "Throttles"] : concat(["AutoMirror", metric], local.name)]
    },
    {
      title   = "Invocations, errors, throttles", stat = "Sum"
      metrics = [for metric in ["Invocations", "Errors", "Throttles"] : ["AWS/Lambda", metric, "FunctionName", var.deployment]]
    },
    {
      title   = "Duration, ms"
      metrics = [["AWS/Lambda", "Duration", "FunctionName", var.deployment, { stat = "p50" }], ["...", { stat = "p99" }]]
    },
    {
      title = local.waiting.title
      metrics = [
        concat(local.waiting.metric, [{ stat = "Maximum" }]),
        ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "${var.deployment}-failures", { stat = "Maximum", yAxis = "right" }],
      ]
    },
  ]

  # What EC2 counts by instance: whether packets are copied at all, and where bandwidth is short.
  packets = [
    {
      title = "Copies that left this account's instances, bytes"
      metrics = [for direction in ["Out", "In"] : [{
        label      = "${lower(direction)}bound"
        expression = "SUM(SEARCH('{AWS/EC2,InstanceId} MetricName=\"NetworkMirror${direction}\"', 'Sum', 300))"
      }]]
    },
    {
      title = "Copies skipped for want of bandwidth, bytes, by instance"
      metrics = [for metric in ["NetworkSkipMirrorOut", "NetworkSkipMirrorIn"] : [{
        expression = "SEARCH('{AWS/EC2,InstanceId} MetricName=\"${metric}\"', 'Sum', 300)"
      }]]
    },
  ]
}

resource "aws_cloudwatch_dashboard" "mirror" {
  count = local.watched ? 1 : 0

  dashboard_name = "${var.deployment}-${local.region}"
  dashboard_body = jsonencode({
    widgets = concat(
      [for place, widget in local.widgets : {
        type       = "metric", x = place % 3 * 8, y = floor(place / 3) * 6, width = 8, height = 6
        properties = merge({ region = local.region, view = "timeSeries", period = 300 }, widget)
      }],
      [{
        type = "log", x = 16, y = 12, width = 8, height = 6
        properties = {
          title = "Latest warnings and errors", region = local.region, view = "table"
          query = "SOURCE '${local.log_group}' | fields @timestamp, level, message | filter level in ['WARN', 'ERROR', 'FATAL'] | sort @timestamp desc | limit 50"
        }
      }],
      [for place, widget in local.packets : {
        type       = "metric", x = place * 12, y = 18, width = 12, height = 6
        properties = merge({ region = local.region, view = "timeSeries", period = 300 }, widget)
      }],
    )
  })
}

# What a person asks the log, saved under these names in CloudWatch Logs Insights.

locals {
  queries = {
    changes  = "fields @timestamp, message, networkInterfaceId, trafficMirrorSessionId, sensor | filter message in ['session created', 'session modified', 'session deleted'] | sort @timestamp desc | limit 200"
    problems = "fields @timestamp, problem, message | filter ispresent(problem) | stats count() as times, latest(@timestamp) as last, latest(networkInterfaceIds.0) as example by problem, message | sort last desc"
    failures = "fields @timestamp, level, message | filter level in ['WARN', 'ERROR', 'FATAL'] | sort @timestamp desc | limit 50"
  }
}

resource "aws_cloudwatch_query_definition" "saved" {
  for_each = local.watched ? local.queries : {}

  name            = "${var.deployment}/${each.key}"
  log_group_names = [local.log_group]
  query_string    = each.value
}
