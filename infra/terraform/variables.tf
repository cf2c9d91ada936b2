variable "create" {
  description = "Make anything at all. Off: nothing is made, and every output is null."
  type        = bool
  default     = true
  nullable    = false
}

# What is mirrored where.

variable "filter" {
  description = "The id of the mirror filter that all sessions share. Null: one is made as sensors want it: everything is accepted in both directions, and Amazon's DNS is mirrored too."
  type        = string
  default     = null

  validation {
    condition     = var.filter == null || can(regex("^tmf-[0-9a-f]{8,17}$", var.filter))
    error_message = "The filter is the id of a traffic mirror filter, tmf-..., or null."
  }
}

variable "keep_filter" {
  description = "Keep the filter that was made though another is given, until no session uses it: see \"Replace\" in infra/README.md."
  type        = bool
  default     = false
  nullable    = false
}

variable "sensor_filters" {
  description = "Ids of the mirror filters that the policy names for single sensors (sensors.<name>.filter). The function may use these, the shared one, and no others."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.sensor_filters : can(regex("^tmf-[0-9a-f]{8,17}$", id))])
    error_message = "Each of sensor_filters is the id of a traffic mirror filter, tmf-...."
  }
}

variable "filter_ipv6" {
  description = "The filter that is made accepts IPv6 too."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.filter_ipv6 || var.filter == null
    error_message = "filter_ipv6 is for the filter that is made here; to a filter that is given, its owner adds rules."
  }
}

variable "default_targets" {
  description = "Ids of the default sensor's mirror targets, ones that exist; several are a pool of equals."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.default_targets : can(regex("^tmt-[0-9a-f]{8,17}$", id))])
    error_message = "Each of default_targets is the id of a traffic mirror target, tmt-...."
  }

  validation {
    condition     = length(join(",", var.default_targets)) + 23 * length(var.capture_points) <= 4096
    error_message = "A parameter holds 4096 characters: about 180 targets of one sensor."
  }

  validation {
    condition     = !var.create || length(var.default_targets) + length(var.capture_points) > 0
    error_message = "Give default_targets (mirror targets that exist) or capture_points (what to make some of)."
  }
}

variable "capture_points" {
  description = "Where the default sensor takes its copies in, to make mirror targets of: capture interfaces (eni-...), ARNs of Network Load Balancers or Gateway Load Balancer endpoints (vpce-...), each under a name that stays. They join the pool of default_targets."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([for point in values(var.capture_points) :
    can(regex("^(eni-[0-9a-f]{8,17}|vpce-[0-9a-f]{8,17}|arn:[a-z-]+:elasticloadbalancing:[^,]+:loadbalancer/net/[^,]+)$", point))])
    error_message = "Each of capture_points is eni-..., vpce-..., or the ARN of a Network Load Balancer."
  }
}

variable "retiring" {
  description = "Names of capture_points on their way out: their mirror targets stay, but get no new session, and AutoMirror moves the sessions that they have. Afterwards take them out of capture_points."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.retiring : contains(keys(var.capture_points), name)])
    error_message = "Each of retiring is a name in capture_points."
  }

  validation {
    condition     = !var.create || length(var.default_targets) + length(setsubtract(keys(var.capture_points), var.retiring)) > 0
    error_message = "The default sensor needs a capture point that is not retiring, or one of default_targets."
  }
}

variable "other_sensors" {
  description = "Further sensors: name => ids of their mirror targets. The name is what the tag's value says."
  type        = map(list(string))
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([for sensor, ids in var.other_sensors :
    can(regex("^[A-Za-z0-9_.-]{1,64}$", sensor)) && sensor != "default" && length(ids) > 0])
    error_message = "A sensor's name is of letters, digits and _.-, is not default, and has at least one target."
  }

  validation {
    condition     = alltrue([for sensor in keys(var.other_sensors) : !contains(["true", "yes", "on", "1", "false", "no", "off", "0"], lower(sensor))])
    error_message = "true, yes, on, 1, false, no, off and 0 can't name a sensor: as a tag's value they opt in or out."
  }

  validation {
    condition     = alltrue([for ids in values(var.other_sensors) : length(join(",", ids)) <= 4096])
    error_message = "A parameter holds 4096 characters: about 180 targets of one sensor."
  }

  validation {
    condition     = alltrue([for id in flatten(values(var.other_sensors)) : can(regex("^tmt-[0-9a-f]{8,17}$", id))])
    error_message = "A sensor's targets are ids of traffic mirror targets, tmt-...."
  }
}

variable "shared_targets" {
  description = "ARNs of mirror targets that other accounts share with this one. This only permits them; name their ids in default_targets or other_sensors too."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition = alltrue([for arn in var.shared_targets :
    can(regex("^arn:[a-z-]+:ec2:[a-z0-9-]+:[0-9]{12}:traffic-mirror-target/tmt-[0-9a-f]{8,17}$", arn))])
    error_message = "Each of shared_targets is the ARN of a traffic mirror target."
  }
}

variable "targets_by_tag" {
  description = "Also permit every mirror target of this account that carries the tag automirror:sensor (for the policy's sensorTags)."
  type        = bool
  default     = false
  nullable    = false
}

variable "sensor_hosts" {
  description = "Instances behind a sensor's load balancer, which are never to be mirrored: each under a name that stays. They get the tag automirror:sensor-host. Tag those that this configuration makes itself where it makes them."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for id in values(var.sensor_hosts) : can(regex("^i-[0-9a-f]{8,17}$", id))])
    error_message = "Each of sensor_hosts is the id of an instance, i-...."
  }
}

variable "session_tag_keys" {
  description = "The keys of the policy's sessionTags: the function may write exactly these on its sessions, beside its own."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition = alltrue([for key in var.session_tag_keys :
    can(regex("^[A-Za-z0-9 +=._:/@-]{1,128}$", key)) && !can(regex("^(aws|automirror):", lower(key))) && key != "Name"])
    error_message = "A key has up to 128 letters, digits, spaces and +=._:/@-, is not Name, and begins with neither aws: nor automirror:."
  }
}

variable "policy" {
  description = "The policy document, as an object. {} takes every default."
  type        = any
  default     = {}
  nullable    = false

  validation {
    condition     = can(keys(var.policy))
    error_message = "The policy is an object."
  }
}

# Names.

variable "deployment" {
  description = "This deployment's name: the function's name, the first part of the others, and the value of the tag automirror:managed-by on the sessions that are its own. Changing it gives up those sessions."
  type        = string
  default     = "automirror"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9-]{1,32}$", var.deployment))
    error_message = "The deployment's name has up to 32 letters, digits and hyphens."
  }
}

variable "prefix" {
  description = "Where the configuration lies in Parameter Store. No other deployment may have the same; one may lie inside another's. Parameters by hand: <prefix>/mode switches AutoMirror off, and is never made here."
  type        = string
  default     = "/automirror"
  nullable    = false

  validation {
    condition     = can(regex("^(/[A-Za-z0-9_.-]+){1,13}$", var.prefix)) && !can(regex("^/(aws|ssm)", lower(var.prefix)))
    error_message = "The prefix is a path such as /automirror, without a slash at its end, which begins with neither aws nor ssm."
  }
}

variable "role_name" {
  description = "The name of the function's role, as CloudTrail shows it; null for <deployment>-<region>."
  type        = string
  default     = null

  validation {
    condition     = var.role_name == null || can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", var.role_name))
    error_message = "A role's name has up to 64 letters, digits and +=,.@_-."
  }
}

variable "tags" {
  description = "Tags for everything that is made here and can carry some."
  type        = map(string)
  default     = {}
  nullable    = false
}

# What starts it.

variable "state_events" {
  description = "React when an instance starts, runs, has stopped or is gone."
  type        = bool
  default     = true
  nullable    = false
}

variable "tag_events" {
  description = "React when the tags of an instance, network interface, subnet or VPC change."
  type        = bool
  default     = true
  nullable    = false
}

variable "api_events" {
  description = "React when an interface is attached, detached or made, and when someone else deletes or modifies a session. Needs a CloudTrail trail that logs management events."
  type        = bool
  default     = false
  nullable    = false
}

variable "parameter_events" {
  description = "React when a parameter under the prefix changes."
  type        = bool
  default     = true
  nullable    = false
}

variable "schedule" {
  description = "How often everything is compared and repaired, as an EventBridge schedule; null for never."
  type        = string
  default     = "rate(1 hour)"

  validation {
    condition = var.schedule == null || can(regex(
    "^(rate\\((1 (minute|hour|day)|([2-9]|[1-9][0-9]+) (minutes|hours|days))\\)|cron\\(\\S+( \\S+){5}\\))$", var.schedule))
    error_message = "The schedule is such as rate(1 hour), rate(30 minutes) or cron(0 * * * ? *), or null."
  }
}

variable "finding_events" {
  description = "React to GuardDuty findings on an instance (what happens then is said by the policy's guardDuty)."
  type        = bool
  default     = false
  nullable    = false
}

variable "delivery" {
  description = "direct: EventBridge invokes the function, one event at a time, without delay. queue: through SQS, so that a storm of launches becomes few plans; adds up to two seconds."
  type        = string
  default     = "direct"
  nullable    = false

  validation {
    condition     = contains(["direct", "queue"], var.delivery)
    error_message = "The delivery is direct or queue."
  }
}

# The function.

variable "package" {
  description = "The path of the function's deployment package, made by infra/build.sh; null with package_s3."
  type        = string
  default     = null

  validation {
    condition     = !var.create || (var.package == null) != (var.package_s3 == null)
    error_message = "Give package or package_s3, and not both."
  }
}

variable "runtime" {
  description = "What the package was built for: provided.al2023 for the program compiled ahead of time (infra/build.sh), dotnet10 for Lambda's own .NET (infra/build.sh managed)."
  type        = string
  default     = "provided.al2023"
  nullable    = false

  validation {
    condition     = contains(["provided.al2023", "dotnet10"], var.runtime)
    error_message = "The runtime is provided.al2023 or dotnet10."
  }
}

variable "architecture" {
  description = "The processor that the package was built for. A package for dotnet10 runs on either."
  type        = string
  default     = "x86_64"
  nullable    = false

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "The architecture is x86_64 or arm64."
  }
}

variable "memory_megabytes" {
  description = "Memory, and with it the share of a processor; a cold start is processor time."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = var.memory_megabytes >= 128 && var.memory_megabytes <= 10240
    error_message = "Lambda allows 128 to 10240 megabytes."
  }
}

variable "timeout_seconds" {
  description = "How long one invocation may take. A single event takes a second; in a storm EC2's rate for creating sessions decides, and waiting inside the invocation ends sooner than being called again."
  type        = number
  default     = 300
  nullable    = false

  validation {
    condition     = var.timeout_seconds >= 30 && var.timeout_seconds <= 900
    error_message = "The timeout is from 30 to 900 seconds."
  }
}

variable "allow_deletes" {
  description = "Whether an invocation with \"allowDeletes\": true may delete more than the policy's limits. Off: only a person with permissions of their own may (automirror invoke)."
  type        = bool
  default     = false
  nullable    = false
}

variable "reserved_concurrency" {
  description = "How many invocations run at once. Few, since all share EC2's request rate. 0 reserves nothing, for accounts whose limit is so low that Lambda refuses to set any aside. With the queue not less than 2, which is what it starts."
  type        = number
  default     = 5
  nullable    = false

  validation {
    condition     = var.reserved_concurrency >= 0 && var.reserved_concurrency <= 100
    error_message = "The reserved concurrency is from 0 to 100."
  }

  validation {
    condition     = var.delivery == "direct" || var.reserved_concurrency != 1
    error_message = "The queue starts two invocations at once: reserve 2 or more, or 0."
  }
}

variable "trust_store" {
  description = "From where the ahead-of-time compiled function reads the system's certificates: file, folder or both. .NET would read OpenSSL's bundle file and again OpenSSL's folder, which on Amazon Linux hold the same ones; one of them halves the most expensive part of the first TLS handshake. With dotnet10 Lambda decides."
  type        = string
  default     = "file"
  nullable    = false

  validation {
    condition     = contains(["file", "folder", "both"], var.trust_store)
    error_message = "The trust store is file, folder or both."
  }
}

variable "log_level" {
  description = "The least level that is logged. Above INFO the lines that say what was created and deleted are gone."
  type        = string
  default     = "INFO"
  nullable    = false

  validation {
    condition     = contains(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"], var.log_level)
    error_message = "The log level is TRACE, DEBUG, INFO, WARN, ERROR or FATAL."
  }
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition = contains(
      [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
    var.log_retention_days)
    error_message = "CloudWatch Logs keeps for certain numbers of days only, such as 30, 90 or 365."
  }
}

# Watching.

variable "alarms" {
  description = "Make the alarms, the dashboard and the saved queries."
  type        = bool
  default     = true
  nullable    = false
}

variable "alarm_topic" {
  description = "The ARN of an SNS topic that all alarms tell, when they begin and when they end; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.alarm_topic == null || can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]+$", var.alarm_topic))
    error_message = "The alarm topic is the ARN of an SNS topic, or null."
  }
}

variable "urgent_alarm_topic" {
  description = "The ARN of an SNS topic for the alarms that say that mirroring is broken now, which alarm_topic gets too; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.urgent_alarm_topic == null || can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]+$", var.urgent_alarm_topic))
    error_message = "The urgent alarm topic is the ARN of an SNS topic, or null."
  }
}

variable "insufficient_data_topic" {
  description = "The ARN of an SNS topic that alarms tell when they have no data to judge by; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.insufficient_data_topic == null || can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]+$", var.insufficient_data_topic))
    error_message = "The topic for insufficient data is the ARN of an SNS topic, or null."
  }
}

variable "ok_actions" {
  description = "Tell the topics also when an alarm ends. Off where each message opens a ticket."
  type        = bool
  default     = true
  nullable    = false
}

variable "coverage_percent" {
  description = "The coverage alarm speaks when a full sync finds less than this share of the wanted interfaces mirrored."
  type        = number
  default     = 95
  nullable    = false

  validation {
    condition     = var.coverage_percent >= 0 && var.coverage_percent <= 100
    error_message = "A share is from 0 to 100 percent."
  }
}

variable "lag_seconds" {
  description = "The lag alarm speaks when an event has waited longer than this."
  type        = number
  default     = 900
  nullable    = false

  validation {
    condition     = var.lag_seconds >= 60 && var.lag_seconds <= 21600
    error_message = "The lag is from 60 to 21600 seconds."
  }
}

variable "errors_threshold" {
  description = "The errors alarm speaks when more invocations than this fail in five minutes."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.errors_threshold >= 0 && var.errors_threshold <= 100000
    error_message = "The threshold of errors is from 0 to 100000."
  }
}

variable "throttles_threshold" {
  description = "The throttles alarm speaks when for a quarter of an hour more invocations than this are held back in each five minutes."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.throttles_threshold >= 0 && var.throttles_threshold <= 100000
    error_message = "The threshold of throttles is from 0 to 100000."
  }
}

variable "failures_threshold" {
  description = "The failures alarm speaks when more events than this lie in the failure queue."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.failures_threshold >= 0 && var.failures_threshold <= 100000
    error_message = "The threshold of failures is from 0 to 100000."
  }
}

variable "problems_threshold" {
  description = "The problems alarm speaks when more problems than this are reported in five minutes. Each full sync reports the ones that last, one for each cause."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.problems_threshold >= 0 && var.problems_threshold <= 100000
    error_message = "The threshold of problems is from 0 to 100000."
  }
}

variable "urgent_problems_threshold" {
  description = "The alarm of an urgent kind of problem (blast-radius, failed, sensor-gone and the others) speaks when more of its kind than this are reported in five minutes."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.urgent_problems_threshold >= 0 && var.urgent_problems_threshold <= 100000
    error_message = "The threshold of urgent problems is from 0 to 100000."
  }
}

variable "request_rate_threshold" {
  description = "The request-rate alarm speaks when for a quarter of an hour EC2 refuses more calls than this in each five minutes."
  type        = number
  default     = 100
  nullable    = false

  validation {
    condition     = var.request_rate_threshold >= 0 && var.request_rate_threshold <= 100000
    error_message = "The threshold of refused calls is from 0 to 100000."
  }
}

variable "silence_hours" {
  description = "The silence alarm speaks when for so many hours nothing ran. Longer than the schedule's interval; null: 3, or with a rate above one hour two of its intervals and one hour, or with a cron expression 25."
  type        = number
  default     = null

  validation {
    condition     = var.silence_hours == null || try(var.silence_hours >= 1 && var.silence_hours <= 168 && floor(var.silence_hours) == var.silence_hours, false)
    error_message = "The silence is from 1 to 168 whole hours, or null."
  }
}
