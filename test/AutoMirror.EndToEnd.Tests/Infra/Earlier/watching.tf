# The function's own metrics are in the namespace AutoMirror, with the dimension Deployment.

locals {
  alarms = {
    errors = {
      description = "Invocations fail. The log group says why; events are repeated."
      namespace   = "AWS/Lambda", metric = "Errors", dimensions = { FunctionName = var.deployment }
    }
    throttles = {
      description = "For a quarter of an hour more came than reserved_concurrency lets through. Nothing is lost yet; sessions come late."
      namespace   = "AWS/Lambda", metric = "Throttles", dimensions = { FunctionName = var.deployment }
      periods     = 3
    }
    failures = {
      description = "Events failed for good and lie in the failure queue. The next schedule repairs what they were about."
      namespace   = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = aws_sqs_queue.failures.name }
      statistic   = "Maximum"
    }
    # Thirteen periods of five minutes: from one hourly sweep to the next, so that a problem which stays does not come and go.
    problems = {
      description = "The function saw something that a person should look at, such as a tag that names no sensor. The metric's dimension Problem says which kind, the log group which interface."
      namespace   = "AutoMirror", metric = "Problems", dimensions = { Deployment = var.deployment }
      periods     = 13, datapoints = 1
    }
    # Only a full sync knows the coverage: between two of them the last word stands.
    coverage = {
      description = "Fewer of the interfaces that should be mirrored are mirrored than coverage_percent demands."
      namespace   = "AutoMirror", metric = "Coverage", dimensions = { Deployment = var.deployment }
      statistic   = "Minimum", below = true, threshold = var.coverage_percent, missing = "ignore"
    }
    request-rate = {
      description = "For a quarter of an hour EC2 refused calls since the account's request rate was used up. The calls were repeated; if another tool uses up the rate, sessions come late."
      namespace   = "AutoMirror", metric = "Throttles", dimensions = { Deployment = var.deployment }
      periods     = 3, threshold = 100
    }
  }

  queue_alarms = {
    lag = {
      description = "The oldest event in the queue has waited too long; sessions come late."
      namespace   = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", dimensions = { QueueName = "${var.deployment}-events" }
      statistic   = "Maximum", threshold = var.lag_seconds
    }
  }

  schedule_alarms = {
    silence = {
      description = "For a day nothing ran, not even the schedule."
      namespace   = "AWS/Lambda", metric = "Invocations", dimensions = { FunctionName = var.deployment }
      period      = 86400, below = true, threshold = 1, missing = "breaching"
    }
  }

  alarm_topics = var.alarm_topic == null ? [] : [var.alarm_topic]
}

resource "aws_cloudwatch_metric_alarm" "alarm" {
  for_each = merge(
    { for name, alarm in local.alarms : name => alarm if var.alarms },
    { for name, alarm in local.queue_alarms : name => alarm if var.alarms && local.queued },
    { for name, alarm in local.schedule_alarms : name => alarm if var.alarms && var.schedule != null },
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
  alarm_actions       = local.alarm_topics
  ok_actions          = local.alarm_topics
  tags                = var.tags
}

# Lambda counts the age of its own events in milliseconds.
resource "aws_cloudwatch_metric_alarm" "direct_lag" {
  count = var.alarms && !local.queued ? 1 : 0

  alarm_name          = "${var.deployment}-lag"
  alarm_description   = "An event waited too long before the function ran; sessions come late."
  evaluation_periods  = 1
  threshold           = var.lag_seconds
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_topics
  ok_actions          = local.alarm_topics
  tags                = var.tags

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
}

resource "aws_cloudwatch_dashboard" "mirror" {
  count = var.alarms ? 1 : 0

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
          query = "SOURCE '/aws/lambda/${var.deployment}' | fields @timestamp, level, message | filter level in ['WARN', 'ERROR', 'FATAL'] | sort @timestamp desc | limit 50"
        }
      }],
    )
  })
}
