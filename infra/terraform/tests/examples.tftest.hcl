# The examples plan as they stand.

mock_provider "aws" {
  source = "./tests/account"
}

variables {
  package = "./versions.tf"
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

run "complete" {
  module {
    source = "./examples/complete"
  }

  variables {
    network_load_balancer = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/sensors/50dc6c495c0c9188"
  }

  assert {
    condition     = output.role_arn != ""
    error_message = "The role is told."
  }
}
