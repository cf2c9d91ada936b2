# What later modules call otherwise. An upgrade moves these in the state, and replaces nothing.

moved {
  from = aws_iam_role.function
  to   = aws_iam_role.function[0]
}

moved {
  from = aws_iam_role_policy.mirror
  to   = aws_iam_role_policy.mirror[0]
}

moved {
  from = aws_lambda_function.mirror
  to   = aws_lambda_function.mirror[0]
}

moved {
  from = aws_lambda_function_event_invoke_config.mirror
  to   = aws_lambda_function_event_invoke_config.mirror[0]
}

moved {
  from = aws_cloudwatch_log_group.function
  to   = aws_cloudwatch_log_group.function[0]
}

moved {
  from = aws_sqs_queue.failures
  to   = aws_sqs_queue.failures[0]
}

moved {
  from = aws_sqs_queue_policy.failures
  to   = aws_sqs_queue_policy.failures[0]
}

moved {
  from = aws_ssm_parameter.filter
  to   = aws_ssm_parameter.filter[0]
}

moved {
  from = aws_ssm_parameter.policy
  to   = aws_ssm_parameter.policy[0]
}

moved {
  from = terraform_data.configuration
  to   = terraform_data.configuration[0]
}
