# The least: one sensor, whose capture interface is given; the filter and the target are made.

variable "capture_interface" {
  description = "The sensor's capture interface, eni-...."
  type        = string
}

variable "package" {
  description = "The path of the function's deployment package, made by infra/build.sh."
  type        = string
}

module "automirror" {
  source = "../.."

  package        = var.package
  capture_points = { sensor = var.capture_interface }
}

output "function_name" {
  description = "The function, for test events and `aws lambda invoke`."
  value       = module.automirror.function_name
}
