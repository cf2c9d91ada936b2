# The examples plan as they stand.

mock_provider "aws" {
  source = "./tests/account"
}

variables {
  package = "./versions.tf"
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

run "several_sensors" {
  module {
    source = "./examples/several-sensors"
  }

  variables {
    capture_interfaces = { a = "eni-0123456789abcdef0", b = "eni-0fedcba9876543210" }
    payments_target    = "tmt-0b71de94af3c20586"
    payments_filter    = "tmf-0d19f7e3a25c84b60"
    payments_vpc       = "vpc-0123456789abcdef0"
    forensics_target   = "tmt-0a6d5c81e93f7b420"
  }

  assert {
    condition     = length(output.default_targets) == 2
    error_message = "Each capture interface becomes a target of the pool."
  }
}

run "from_release" {
  module {
    source = "./examples/from-release"
  }

  variables {
    bucket                  = "artifacts"
    object_version          = "3sL4kqtJlcpXroDTDmJ"
    code_signing_config_arn = "arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-0123456789abcdef0"
    capture_interface       = "eni-0123456789abcdef0"
  }
}

run "private_vpc" {
  # What may not be destroyed would stop the tests' own clearing up.
  command = plan

  module {
    source = "./examples/private-vpc"
  }

  variables {
    capture_interface    = "eni-0123456789abcdef0"
    subnet_ids           = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
    security_group_id    = "sg-0123456789abcdef0"
    kms_key_arn          = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
  }
}
