output "function_name" {
  description = "The function, for test events and `aws lambda invoke`."
  value       = aws_lambda_function.mirror.function_name
}

output "function_arn" {
  description = "The function's ARN."
  value       = aws_lambda_function.mirror.arn
}

output "deployment" {
  description = "The value of the tag automirror:managed-by on this deployment's sessions."
  value       = var.deployment
}

output "prefix" {
  description = "Where the configuration lies in Parameter Store."
  value       = var.prefix
}

output "filter_id" {
  description = "The mirror filter that all sessions share."
  value       = local.filter
}

output "default_targets" {
  description = "The mirror targets of the default sensor."
  value       = local.default_targets
}

output "role_name" {
  description = "The role that CloudTrail names in every call; allow-list it where copying traffic raises an alert."
  value       = aws_iam_role.function.name
}

output "role_arn" {
  description = "The role's ARN."
  value       = aws_iam_role.function.arn
}

output "log_group" {
  description = "Where the function's log is."
  value       = aws_cloudwatch_log_group.function.name
}

output "queue_url" {
  description = "The queue between the events and the function; null with direct delivery."
  value       = local.queued ? aws_sqs_queue.events[0].url : null
}

output "failure_queue_url" {
  description = "Where events lie that failed for good."
  value       = aws_sqs_queue.failures.url
}
