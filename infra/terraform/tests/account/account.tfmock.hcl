# An account as the module's tests imagine it: what AWS would answer, as far as it is used further on.

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_partition" {
  defaults = { partition = "aws" }
}

mock_data "aws_region" {
  defaults = { id = "us-east-1" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/automirror-us-east-1" }
}

mock_resource "aws_lambda_function" {
  defaults = { arn = "arn:aws:lambda:us-east-1:123456789012:function:automirror" }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/automirror" }
}

mock_resource "aws_ec2_traffic_mirror_filter" {
  defaults = { id = "tmf-0123456789abcdef0" }
}

mock_resource "aws_ec2_traffic_mirror_target" {
  defaults = { id = "tmt-0123456789abcdef1" }
}

mock_resource "aws_sqs_queue" {
  defaults = {
    arn = "arn:aws:sqs:us-east-1:123456789012:automirror-events"
    url = "https://sqs.us-east-1.amazonaws.com/123456789012/automirror-events"
  }
}

mock_resource "aws_sns_topic" {
  defaults = { arn = "arn:aws:sns:us-east-1:123456789012:automirror-alarms" }
}
