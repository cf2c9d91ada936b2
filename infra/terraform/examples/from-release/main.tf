# A build that was released: signed, in a bucket, by its version.

variable "bucket" {
  description = "The bucket that releases are copied to; in the Region of the function."
  type        = string
}

variable "object_version" {
  description = "The version of the object, so that nobody can put another in its place."
  type        = string
}

variable "code_signing_config_arn" {
  description = "The code signing configuration that only takes what your signer has signed."
  type        = string
}

variable "capture_interface" {
  description = "The sensor's capture interface, eni-...."
  type        = string
}

module "automirror" {
  source = "../.."

  package_s3              = { bucket = var.bucket, key = "automirror/automirror-x86_64.zip", version = var.object_version }
  code_signing_config_arn = var.code_signing_config_arn
  capture_points          = { sensor = var.capture_interface }
}

output "function_arn" {
  description = "The function."
  value       = module.automirror.function_arn
}
