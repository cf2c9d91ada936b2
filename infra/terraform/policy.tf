# The policy against its schema, as far as HCL can: a slip fails the plan, instead of every invocation. policy.schema.json is the one that
# AutoMirror itself publishes; what it can't say here (a tag's key, the keys of maps) the function checks when it reads the parameter.

locals {
  policy_schema = jsondecode(file("${path.module}/policy.schema.json"))

  # Every field of the document with its value and its schema, down to the fields of single sensors.
  policy_fields = concat(
    [for name, value in var.policy : {
      path = name, value = value, schema = try(local.policy_schema.properties[name], null)
    }],
    flatten([for name, value in var.policy : [for field, inner in value : {
      path   = "${name}.${field}"
      value  = inner
      schema = try(local.policy_schema.properties[name].properties[field], local.policy_schema.properties[name].additionalProperties, null)
    }] if can(keys(value)) && try(local.policy_schema.properties[name], null) != null]),
    flatten([for name in try(keys(var.policy.sensors), []) : [for field in try(keys(var.policy.sensors[name]), []) : {
      path   = "sensors.${name}.${field}"
      value  = var.policy.sensors[name][field]
      schema = try(local.policy_schema.properties.sensors.additionalProperties.properties[field], null)
    }]]),
  )

  # As JSON, in which each type looks different.
  policy_values = [for field in local.policy_fields : {
    path   = field.path
    text   = jsonencode(field.value)
    value  = field.value
    known  = can(field.schema.description) || can(field.schema.type) || can(field.schema.anyOf)
    wanted = try(field.schema.anyOf, [field.schema])
    type = (
      can(regex("^\"", jsonencode(field.value))) ? "string" :
      can(regex("^\\[", jsonencode(field.value))) ? "array" :
      can(regex("^\\{", jsonencode(field.value))) ? "object" :
      contains(["true", "false"], jsonencode(field.value)) ? "boolean" :
      jsonencode(field.value) == "null" ? "null" :
      can(regex("^-?[0-9]+$", jsonencode(field.value))) ? "integer" : "number"
    )
  }]

  policy_errors = concat(
    [for field in local.policy_values : "there is no field ${field.path}" if !field.known],
    [for field in local.policy_values :
      "${field.path} is ${field.text}; allowed: ${join(", or ", [for want in field.wanted : join(", ", compact([
        try(join(", ", [for word in want.enum : jsonencode(word)]), ""),
        try("one of each: ${join(", ", [for word in want.items.enum : jsonencode(word)])}", ""),
        try("${join(" or ", flatten([want.type]))}", ""),
        try("from ${want.minimum}", ""),
        try("to ${want.maximum}", ""),
        try("of the form ${want.pattern}", ""),
        try("each of the form ${want.items.pattern}", ""),
      ]))])}"
      if field.known && !anytrue([for want in field.wanted : alltrue([
        try(contains([for word in want.enum : jsonencode(word)], field.text), true),
        try(contains(flatten([want.type]), field.type) || (field.type == "integer" && contains(flatten([want.type]), "number")), true),
        try(field.value >= want.minimum, true),
        try(field.value <= want.maximum, true),
        field.type != "string" || try(length(field.value) >= want.minLength, true),
        field.type != "string" || try(length(field.value) <= want.maxLength, true),
        # Terraform's regular expressions know no look-ahead.
        field.type != "string" || can(regex("\\(\\?!", want.pattern)) || try(length(regexall(want.pattern, field.value)) > 0, true),
        field.type != "array" || try(length(field.value) >= want.minItems, true),
        field.type != "array" || try(alltrue([for item in field.value : contains(want.items.enum, item)]), true),
        field.type != "array" || try(alltrue([for item in field.value : length(regexall(want.items.pattern, item)) > 0]), true),
        field.type != "array" || try(want.items.type != "string" || alltrue([for item in field.value : can(regex("^\"", jsonencode(item)))]), true),
      ])])
    ],

    # What the role would not permit.
    [for name in try(keys(var.policy.sensors), []) :
      "sensors.${name}.filter is ${var.policy.sensors[name].filter}, which the role may not use; allowed: one of sensor_filters"
      if try(var.policy.sensors[name].filter, null) != null
    && !contains(concat(var.sensor_filters, compact([var.filter])), try(var.policy.sensors[name].filter, ""))],
    [for key in try(keys(var.policy.sessionTags), []) :
      "sessionTags has the key ${key}, which the role may not write; allowed: one of session_tag_keys"
    if !contains(var.session_tag_keys, key)],
    [for needed in ["sensorTags is true, but the role may not use tagged targets; set targets_by_tag"] :
    needed if try(var.policy.sensorTags, false) == true && !var.targets_by_tag],
    length(jsonencode(var.policy)) > 4096 ? ["the document is longer than the 4096 characters of a parameter"] : [],
  )
}
