# What a platform team asks of everything that is deployed.

variable "package_s3" {
  description = "The package in a bucket of this Region, instead of a file: bucket, key, and the object's version."
  type = object({
    bucket  = string
    key     = string
    version = optional(string)
  })
  default = null
}

variable "code_signing_config_arn" {
  description = "The ARN of the code signing configuration that the package must satisfy; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.code_signing_config_arn == null || can(regex("^arn:[a-z-]+:lambda:.+:code-signing-config:csc-[a-z0-9]{17}$", var.code_signing_config_arn))
    error_message = "The code signing configuration is given by its ARN, arn:aws:lambda:...:code-signing-config:csc-..., or null."
  }
}

variable "role_path" {
  description = "The path of the function's role. To change it, change role_name too: a role keeps its name while its successor is made."
  type        = string
  default     = "/"
  nullable    = false

  validation {
    condition     = can(regex("^/([A-Za-z0-9+=,.@_-]+/)*$", var.role_path))
    error_message = "A role's path begins and ends with a slash."
  }
}

variable "permissions_boundary" {
  description = "The ARN of the policy that bounds the function's role; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary == null || can(regex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary))
    error_message = "The permissions boundary is the ARN of a policy, or null."
  }
}

variable "existing_role" {
  description = "The name and path of a role that exists, for instance {name = \"mirror\", path = \"/network/\"}: none is made then, and it has to permit what the output role_policy says. Null: one is made."
  type = object({
    name = string
    path = optional(string, "/")
  })
  default = null

  validation {
    condition = var.existing_role == null || try(
    can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", var.existing_role.name)) && can(regex("^/([A-Za-z0-9+=,.@_-]+/)*$", var.existing_role.path)), false)
    error_message = "A role's name has up to 64 letters, digits and +=,.@_-; its path begins and ends with a slash."
  }

  validation {
    condition     = var.existing_role == null || (var.role_name == null && var.role_path == "/" && var.permissions_boundary == null)
    error_message = "role_name, role_path and permissions_boundary are for a role that is made; one that exists has its own."
  }
}

variable "subnet_ids" {
  description = "Subnets that the function is to live in; none for no VPC. From there it needs to reach EC2, Systems Manager, and with the queue SQS: VPC endpoints, or a NAT gateway."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.subnet_ids : can(regex("^subnet-[0-9a-f]{8,17}$", id))])
    error_message = "Each of subnet_ids is the id of a subnet, subnet-...."
  }
}

variable "security_group_ids" {
  description = "The function's security groups, with subnet_ids; they have to let TCP 443 out."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.security_group_ids : can(regex("^sg-[0-9a-f]{8,17}$", id))])
    error_message = "Each of security_group_ids is the id of a security group, sg-...."
  }

  validation {
    condition     = (length(var.subnet_ids) == 0) == (length(var.security_group_ids) == 0)
    error_message = "Give subnet_ids and security_group_ids together, or neither."
  }
}

variable "kms_key_arn" {
  description = "The ARN of the KMS key for the log group, the queues and the function's environment; null for AWS's own keys. Its key policy has to let CloudWatch Logs and EventBridge use it. The parameters hold no secret, and stay as they are."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.kms_key_arn))
    error_message = "The key is given by its ARN, arn:aws:kms:...:key/..., or null."
  }
}

variable "existing_log_group" {
  description = "The name of a log group that exists, which outlives this module; null: /aws/lambda/<deployment> is made, and goes with it."
  type        = string
  default     = null

  validation {
    condition     = var.existing_log_group == null || can(regex("^[A-Za-z0-9_./#-]{1,512}$", var.existing_log_group))
    error_message = "A log group's name has up to 512 letters, digits and _./#-."
  }
}

locals {
  in_vpc    = length(var.subnet_ids) > 0
  encrypted = var.kms_key_arn != null
  log_group = var.existing_log_group == null ? one(aws_cloudwatch_log_group.function[*].name) : var.existing_log_group
  log_arn   = "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:${coalesce(var.existing_log_group, "/aws/lambda/${var.deployment}")}"

  # Beside what the function does itself: what Lambda does for it in a VPC and with a key.
  platform_statements = concat(
    [for statement in [
      {
        Sid    = "LiveInTheVpc"
        Effect = "Allow"
        Action = [
          "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
        ]
        Resource = "*"
      },
      # Lambda makes the interfaces before the function runs. The function's own calls, which carry its ARN, may not (Lambda guide,
      # "Giving Lambda functions access to resources in an Amazon VPC").
      {
        Sid    = "OnlyLambdaItself"
        Effect = "Deny"
        Action = [
          "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
        ]
        Resource  = "*"
        Condition = { ArnEquals = { "lambda:SourceFunctionArn" = local.function_arn } }
      },
    ] : statement if local.in_vpc],
    [for statement in [{
      Sid      = "UseTheKey"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = var.kms_key_arn
    }] : statement if local.encrypted],
  )
}
