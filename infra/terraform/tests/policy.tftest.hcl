# A slip in the policy fails the plan.

mock_provider "aws" {
  source = "./tests/account"
}

variables {
  package         = "./versions.tf"
  default_targets = ["tmt-0a6d5c81e93f7b420"]
}

run "a_whole_policy_is_taken" {
  command = plan

  variables {
    targets_by_tag   = true
    sensor_filters   = ["tmf-0123456789abcdef0"]
    session_tag_keys = ["cost-centre"]
    policy = {
      mode        = "create-only", tagKey = "Mirror", tagLevels = ["interface", "instance", "subnet", "vpc"], untagged = "true"
      interfaces  = "primary", standaloneInterfaces = true, onStop = "keep", sessionNumber = 7, packetLength = null, virtualNetworkId = "perVpc"
      sensorTags  = true, participants = false
      sensors     = { ids = { filter = "tmf-0123456789abcdef0", packetLength = 512, sessionNumber = 2, virtualNetworkId = 7, hosts = "tagged", defaultFor = ["vpc-0123456789abcdef0"] } }
      sessionTags = { cost-centre = "4711" }
      mandatory   = { vpcs = ["vpc-0123456789abcdef0"], tags = { tier = ["*"] }, sensor = "ids" }
      exclude     = { instanceTypes = ["m5.*"], kubernetesNodes = true, managedBy = ["eks.amazonaws.com"], tags = null }
      limits      = { deletes = 0, percent = 100, scopedDeletes = 10 }
      guardDuty   = { severity = 6.5, hours = 12 }
      capture     = { hours = 8 }
    }
  }
}

run "a_field_that_does_not_exist" {
  command = plan

  variables {
    policy = { exlcude = { vpcs = ["vpc-0123456789abcdef0"] } }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "a_word_that_is_not_allowed" {
  command = plan

  variables {
    policy = { mode = "snyc" }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "a_number_out_of_range" {
  command = plan

  variables {
    policy = { sessionNumber = 99999 }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "a_text_instead_of_a_number" {
  command = plan

  variables {
    policy = { packetLength = "128" }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "a_number_that_is_not_whole" {
  command = plan

  variables {
    policy = { packetLength = 128.5 }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "a_field_of_exclude_that_does_not_exist" {
  command = plan

  variables {
    policy = { exclude = { vpc = ["vpc-0123456789abcdef0"] } }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "an_id_of_the_wrong_kind" {
  command = plan

  variables {
    policy = { exclude = { vpcs = ["subnet-0123456789abcdef0"] } }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "a_limit_out_of_range" {
  command = plan

  variables {
    policy = { limits = { percent = 101 } }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "a_field_of_a_sensor_that_does_not_exist" {
  command = plan

  variables {
    policy = { sensors = { ids = { filters = "tmf-0123456789abcdef0" } } }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "a_filter_that_the_role_may_not_use" {
  command = plan

  variables {
    policy = { sensors = { ids = { filter = "tmf-0123456789abcdef0" } } }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "a_word_of_a_sensor_that_is_not_allowed" {
  command = plan

  variables {
    policy = { sensors = { ids = { hosts = "hidden" } } }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "a_tag_that_the_role_may_not_write" {
  command = plan

  variables {
    policy = { sessionTags = { cost-centre = "4711" } }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "tagged_targets_that_the_role_may_not_use" {
  command = plan

  variables {
    policy = { sensorTags = true }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "an_empty_list_of_levels" {
  command = plan

  variables {
    policy = { tagLevels = [] }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "a_level_that_does_not_exist" {
  command = plan

  variables {
    policy = { tagLevels = ["instance", "account"] }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "a_true_that_is_a_text" {
  command = plan

  variables {
    policy = { participants = "true" }
  }

  expect_failures = [aws_ssm_parameter.policy]
}

run "a_capture_for_too_long" {
  command = plan

  variables {
    policy = { capture = { hours = 8761 } }
  }

  expect_failures = [aws_ssm_parameter.policy]
}
