# Three sensors: the default one, one for a single VPC, and one that finds out what happened. Which workload goes where is said by the tag's
# value, Mirror=true or Mirror=forensics; in the VPC of the payments Mirror=true means the sensor payments.

variable "package" {
  description = "The path of the function's deployment package, made by infra/build.sh."
  type        = string
}

variable "capture_interfaces" {
  description = "The capture interfaces of the default sensor's hosts, each under a name that stays."
  type        = map(string)
}

variable "payments_target" {
  description = "The mirror target of the sensor payments."
  type        = string
}

variable "payments_filter" {
  description = "The mirror filter of the sensor payments, which leaves out what must not be copied."
  type        = string
}

variable "payments_vpc" {
  description = "The VPC of the payments."
  type        = string
}

variable "forensics_target" {
  description = "The mirror target of the sensor forensics."
  type        = string
}

module "automirror" {
  source = "../.."

  package        = var.package
  capture_points = var.capture_interfaces
  other_sensors = {
    payments  = [var.payments_target]
    forensics = [var.forensics_target]
  }

  sensor_filters = [var.payments_filter]
  policy = {
    sensors = {
      payments  = { filter = var.payments_filter, packetLength = 256, defaultFor = [var.payments_vpc] }
      forensics = { sessionNumber = 2 }
    }
    guardDuty = { severity = 7, sensor = "forensics", hours = 48 }
    mandatory = { vpcs = [var.payments_vpc], sensor = "payments" }
  }

  finding_events = true
}

output "default_targets" {
  description = "The mirror targets that were made of the capture interfaces."
  value       = module.automirror.default_targets
}
