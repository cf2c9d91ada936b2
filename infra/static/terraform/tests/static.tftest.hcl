mock_provider "aws" {}

variables {
  capture_interface = "eni-0123456789abcdef0"
}

run "a_session_for_each_interface" {
  variables {
    source_interfaces = { web = "eni-07d3b1f0c48a95e62", shop = "eni-0e92c6ab175fd3804" }
  }

  assert {
    condition     = aws_ec2_traffic_mirror_session.static["web"].network_interface_id == "eni-07d3b1f0c48a95e62"
    error_message = "Each interface is the source of its own session."
  }
  assert {
    condition     = alltrue([for session in aws_ec2_traffic_mirror_session.static : session.traffic_mirror_filter_id == output.filter_id])
    error_message = "All sessions share the filter."
  }
  assert {
    condition     = alltrue([for session in aws_ec2_traffic_mirror_session.static : !contains(keys(session.tags), "automirror:managed-by")])
    error_message = "None of them claims to be AutoMirror's."
  }
}
