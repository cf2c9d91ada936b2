# What the function may do. Resource types and condition keys are those of the Service Authorization Reference, "Actions, resources, and
# condition keys for Amazon EC2". The SAM template says the same, statement by statement.

resource "aws_iam_role" "function" {
  # A name that stays, so that a security team can recognise these calls among those of an intruder who copies traffic.
  name        = local.role_name
  description = "AutoMirror's function. Creates, modifies and deletes the traffic mirror sessions tagged as its own."
  tags        = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

locals {
  role_name = coalesce(var.role_name, "${var.deployment}-${local.region}")
  role_arn  = "arn:${local.partition}:iam::${local.account}:role/${local.role_name}"
}

locals {
  sessions      = "${local.ec2}:traffic-mirror-session/*"
  with_a_target = ["ec2:CreateTrafficMirrorSession", "ec2:ModifyTrafficMirrorSession"]
  shared_ids    = [for arn in var.shared_targets : reverse(split("/", arn))[0]]

  own_keys = [
    "automirror:managed-by",
    "automirror:instance-id",
    "automirror:sensor",
    "automirror:until",
    "Name",
  ]

  # Targets that are listed by ARN belong to other accounts: no ARN of this one for them.
  own_default_targets = [for id in var.default_targets : "${local.ec2}:traffic-mirror-target/${id}" if !contains(local.shared_ids, id)]
  own_other_targets = [for id in distinct(flatten(values(var.other_sensors))) :
  "${local.ec2}:traffic-mirror-target/${id}" if !contains(local.shared_ids, id)]

  statements = concat(
    [
      # EC2's describes know no resources, only the Region.
      {
        Sid    = "SeeWhatIs"
        Effect = "Allow"
        Action = [
          "ec2:DescribeInstances",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeTrafficMirrorSessions",
          "ec2:DescribeTrafficMirrorTargets",
          "ec2:DescribeTrafficMirrorFilters",
          "ec2:DescribeSubnets",
          "ec2:DescribeVpcs",
        ]
        Resource  = "*"
        Condition = { StringEquals = { "ec2:Region" = local.region } }
      },

      # A create is checked against four resources: the new session, the interface, the filter and the target. The session must carry
      # this deployment's tag from its first moment, which is what the permission to delete it later hangs on.
      {
        Sid      = "CreateOwnSessions"
        Effect   = "Allow"
        Action   = "ec2:CreateTrafficMirrorSession"
        Resource = local.sessions
        Condition = {
          StringEquals                = { "aws:RequestTag/automirror:managed-by" = var.deployment }
          "ForAllValues:StringEquals" = { "aws:TagKeys" = local.own_keys }
        }
      },
      # Which interfaces are mirrored is for the tags and the policy to say, so any of this account and Region.
      {
        Sid      = "FromAnyInterface"
        Effect   = "Allow"
        Action   = "ec2:CreateTrafficMirrorSession"
        Resource = "${local.ec2}:network-interface/*"
      },
      # With the one filter. Modify is checked against the filter and the target too, when it changes them.
      {
        Sid      = "WithTheFilter"
        Effect   = "Allow"
        Action   = local.with_a_target
        Resource = "${local.ec2}:traffic-mirror-filter/${local.filter}"
      },
    ],

    # To no other targets than these: whoever could choose the target could have traffic sent to themselves.
    [for statement in [{
      Sid      = "ToTheDefaultSensor"
      Effect   = "Allow"
      Action   = local.with_a_target
      Resource = local.own_default_targets
    }] : statement if length(local.own_default_targets) > 0],
    [for statement in [{
      Sid      = "ToTheTargetsMadeHere"
      Effect   = "Allow"
      Action   = local.with_a_target
      Resource = [for id in local.made_targets : "${local.ec2}:traffic-mirror-target/${id}"]
    }] : statement if length(var.capture_points) > 0],
    [for statement in [{
      Sid      = "ToOtherSensors"
      Effect   = "Allow"
      Action   = local.with_a_target
      Resource = local.own_other_targets
    }] : statement if length(local.own_other_targets) > 0],
    [for statement in [{
      Sid      = "ToSharedSensors"
      Effect   = "Allow"
      Action   = local.with_a_target
      Resource = var.shared_targets
    }] : statement if length(var.shared_targets) > 0],
    [for statement in [{
      Sid       = "ToTaggedSensors"
      Effect    = "Allow"
      Action    = local.with_a_target
      Resource  = "${local.ec2}:traffic-mirror-target/*"
      Condition = { Null = { "aws:ResourceTag/automirror:sensor" = "false" } }
    }] : statement if var.targets_by_tag],

    [
      # Sessions that others made can be neither changed nor removed, whatever a bug or a policy might ask for.
      {
        Sid       = "ChangeOwnSessions"
        Effect    = "Allow"
        Action    = ["ec2:ModifyTrafficMirrorSession", "ec2:DeleteTrafficMirrorSession"]
        Resource  = local.sessions
        Condition = { StringEquals = { "aws:ResourceTag/automirror:managed-by" = var.deployment } }
      },

      # Tags given in the create call itself need CreateTags as well; only there, so that a foreign session can't be adopted.
      {
        Sid      = "TagSessionsAsTheyAreCreated"
        Effect   = "Allow"
        Action   = "ec2:CreateTags"
        Resource = local.sessions
        Condition = {
          StringEquals = {
            "ec2:CreateAction"                     = "CreateTrafficMirrorSession"
            "aws:RequestTag/automirror:managed-by" = var.deployment
          }
          "ForAllValues:StringEquals" = { "aws:TagKeys" = local.own_keys }
        }
      },
      # Putting right the tags of its own sessions, since Modify can't; never giving one to another deployment.
      {
        Sid      = "TagOwnSessions"
        Effect   = "Allow"
        Action   = "ec2:CreateTags"
        Resource = local.sessions
        Condition = {
          StringEquals                = { "aws:ResourceTag/automirror:managed-by" = var.deployment }
          StringEqualsIfExists        = { "aws:RequestTag/automirror:managed-by" = var.deployment }
          "ForAllValues:StringEquals" = { "aws:TagKeys" = local.own_keys }
        }
      },
      # The mark of a mirroring that ends by itself, taken off when it has become a lasting one. DeleteTags without keys would take all
      # tags, and "for all of no keys" is true: so there must be some.
      {
        Sid      = "UntagOwnSessions"
        Effect   = "Allow"
        Action   = "ec2:DeleteTags"
        Resource = local.sessions
        Condition = {
          StringEquals                = { "aws:ResourceTag/automirror:managed-by" = var.deployment }
          Null                        = { "aws:TagKeys" = "false" }
          "ForAllValues:StringEquals" = { "aws:TagKeys" = ["automirror:until"] }
        }
      },

      # The configuration: the path itself is the resource that a read by path is checked against.
      {
        Sid      = "ReadTheConfiguration"
        Effect   = "Allow"
        Action   = "ssm:GetParametersByPath"
        Resource = ["${local.ssm}:parameter${var.prefix}", "${local.ssm}:parameter${var.prefix}/*"]
      },

      # Its own log group, which is made here: no CreateLogGroup.
      {
        Sid      = "Log"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.function.arn}:*"
      },

      # Lambda itself puts there, in the function's name, what failed for good.
      {
        Sid      = "KeepWhatFailed"
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.failures.arn
      },
    ],

    [for statement in [
      {
        Sid      = "TakeFromTheQueue"
        Effect   = "Allow"
        Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
        Resource = one(aws_sqs_queue.events[*].arn)
      },
      {
        Sid      = "HandOnWhatIsLeft"
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = one(aws_sqs_queue.events[*].arn)
      },
    ] : statement if local.queued],
  )
}

resource "aws_iam_role_policy" "mirror" {
  name   = "mirror"
  role   = aws_iam_role.function.name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}
