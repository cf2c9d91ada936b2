resource "aws_lambda_function" "mirror" {
  count = var.create ? 1 : 0

  function_name    = var.deployment
  description      = "Keeps VPC traffic mirror sessions in step with running instances."
  filename         = var.package
  source_code_hash = var.package == null ? null : filebase64sha256(var.package)
  runtime          = var.runtime
  handler          = local.ahead_of_time ? "bootstrap" : "AutoMirror.Lambda.Managed::AutoMirror.Lambda.Managed.Function::HandleAsync"
  architectures    = [var.architecture]
  memory_size      = var.memory_megabytes
  timeout          = var.timeout_seconds
  role             = var.existing_role == null ? aws_iam_role.function[0].arn : local.role_arn
  kms_key_arn      = var.kms_key_arn
  tags             = var.tags

  s3_bucket         = try(var.package_s3.bucket, null)
  s3_key            = try(var.package_s3.key, null)
  s3_object_version = try(var.package_s3.version, null)

  code_signing_config_arn        = var.code_signing_config_arn
  reserved_concurrent_executions = var.reserved_concurrency == 0 ? -1 : var.reserved_concurrency

  dynamic "vpc_config" {
    for_each = local.in_vpc ? ["vpc"] : []

    content {
      subnet_ids         = var.subnet_ids
      security_group_ids = var.security_group_ids
    }
  }

  environment {
    variables = merge(
      {
        AUTOMIRROR_PREFIX     = var.prefix
        AUTOMIRROR_DEPLOYMENT = var.deployment
        # By which it knows its own calls in CloudTrail's events.
        AUTOMIRROR_ROLE_NAME = local.role_name
      },
      # A function can't tell a rule's constant input from a person's.
      var.allow_deletes ? { AUTOMIRROR_ALLOW_DELETES = "true" } : {},
      local.queued ? { AUTOMIRROR_QUEUE_URL = aws_sqs_queue.events[0].url } : {},
      # Lambda's own .NET chooses its trust store itself: a folder hidden from it would leave it without any certificate.
      local.ahead_of_time && var.trust_store == "file" ? { SSL_CERT_DIR = "/nonexistent" } : {},
      local.ahead_of_time && var.trust_store == "folder" ? { SSL_CERT_FILE = "/nonexistent" } : {},
    )
  }

  logging_config {
    log_format            = "JSON"
    application_log_level = var.log_level
    system_log_level      = "INFO"
    log_group             = local.log_group
  }

  depends_on = [aws_iam_role_policy.mirror]
}

locals {
  ahead_of_time = var.runtime == "provided.al2023"
  queued        = var.create && var.delivery == "queue"
}

# What a batch could not finish in its time the function sends to its own queue as a new message, which Lambda would else take for a
# runaway loop and stop after about sixteen rounds. Each such message is a part of the batch, so that the rounds end by themselves.
resource "aws_lambda_function_recursion_config" "mirror" {
  count = local.queued ? 1 : 0

  function_name  = aws_lambda_function.mirror[0].function_name
  recursive_loop = "Allow"
}

# For asynchronous events, which is what EventBridge sends. Two retries and the longest age that Lambda knows: an event that was
# throttled in a storm waits instead of being lost, and what failed for good is kept for a person.
resource "aws_lambda_function_event_invoke_config" "mirror" {
  count = var.create ? 1 : 0

  function_name                = aws_lambda_function.mirror[0].function_name
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600

  destination_config {
    on_failure {
      destination = aws_sqs_queue.failures[0].arn
    }
  }
}

resource "aws_cloudwatch_log_group" "function" {
  count = var.create && var.existing_log_group == null ? 1 : 0

  name              = "/aws/lambda/${var.deployment}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}
