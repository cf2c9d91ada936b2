output "function_name" {
  description = "The function, for test events and `aws lambda invoke`."
  value       = one(aws_lambda_function.mirror[*].function_name)
}

output "function_arn" {
  description = "The function's ARN."
  value       = one(aws_lambda_function.mirror[*].arn)
}

output "deployment" {
  description = "The value of the tag automirror:managed-by on this deployment's sessions."
  value       = var.create ? var.deployment : null
}

output "prefix" {
  description = "Where the configuration lies in Parameter Store."
  value       = var.create ? var.prefix : null
}

output "filter_id" {
  description = "The mirror filter that all sessions share."
  value       = var.create ? local.filter : null
}

output "default_targets" {
  description = "The mirror targets of the default sensor."
  value       = var.create ? local.default_targets : null
}

output "role_name" {
  description = "The role that CloudTrail names in every call; allow-list it where copying traffic raises an alert."
  value       = var.create ? local.role_name : null
}

output "role_arn" {
  description = "The role's ARN."
  value       = one(aws_lambda_function.mirror[*].role)
}

output "log_group" {
  description = "Where the function's log is."
  value       = var.create ? local.log_group : null
}

output "queue_url" {
  description = "The queue between the events and the function; null with direct delivery."
  value       = local.queued ? aws_sqs_queue.events[0].url : null
}

output "failure_queue_url" {
  description = "Where events lie that failed for good."
  value       = one(aws_sqs_queue.failures[*].url)
}

output "role_policy" {
  description = "What the role permits, or with existing_role has to, as JSON."
  value       = var.create ? local.role_policy : null
}
