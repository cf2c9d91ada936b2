"""Holds the emulator to the service models that botocore carries: every request member, every documented filter, the elements of
every answer, required members, limits, pages. Prints one line for each departure, and last how much was compared."""
import html, json, re, sys
import xml.etree.ElementTree as ElementTree
import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError
from sweep_account import CLOUDWATCH, IAM, LAMBDA, LOGS, SNS
from sweep_network import BALANCING, Network, ROUTES
from sweep_world import EC2, EVENTS, NOTHING, SQS, SSM, STS, World

compared, departures = 0, []
clients = {name: boto3.client(name, config=Config(parameter_validation=False, retries={"max_attempts": 0}))
           for name in ("ec2", "ssm", "events", "sqs", "sts", "iam", "logs", "cloudwatch", "lambda", "sns", "elbv2")}


def departs(text):
    if text not in departures:
        departures.append(text)


def call(service, action, arguments):
    global compared
    compared += 1
    try:
        return None, getattr(clients[service], xform_name(action))(**arguments)
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        if status == 500:
            departs(f"{action} {arguments}: an internal error")
        return error.response["Error"]["Code"], status
    except ResponseParserError:
        departs(f"{action} {arguments}: an answer that is no XML")
        return "unreadable", None


def operation(service, action):
    return clients[service].meta.service_model.operation_model(action)


# Answers: what botocore's parser would pass over in silence is an element that the model does not have.
def check_xml(element, shape, path):
    if shape.type_name == "structure":
        members = {member.serialization.get("name", name): member for name, member in shape.members.items()}
        for child in element:
            tag = child.tag.split("}")[-1]
            # The API reference's example of CreateSecurityGroup has a "return", the model has none.
            if tag in members:
                check_xml(child, members[tag], f"{path}.{tag}")
            elif tag != "requestId" and (path, tag) != ("CreateSecurityGroup", "return"):
                departs(f"{path}.{tag} is not in the model")
    elif shape.type_name == "list":
        expected = shape.member.serialization.get("name", "member")
        for child in element:
            if child.tag.split("}")[-1] != expected:
                departs(f"{path}: {child.tag} is not {expected}")
            check_xml(child, shape.member, path + "[]")
    else:
        check_text(element.text or "", shape, path)


def check_text(text, shape, path):
    forms = {"boolean": "true|false", "integer": r"-?\d+", "long": r"-?\d+",
             "timestamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z"}
    if shape.type_name in forms and not re.fullmatch(forms[shape.type_name], text):
        departs(f"{path}: {text} is no {shape.type_name}")
    # New instance types appear faster than models. The states of endpoints begin with a small letter, whatever the model says.
    known = getattr(shape, "enum", None) or [text]
    if text not in known and shape.name != "InstanceType" and (shape.name != "State" or text[:1].upper() + text[1:] not in known):
        departs(f"{path}: {text} is none of {shape.enum}")


def check_json(value, shape, path):
    if shape.type_name == "structure":
        for name, inner in value.items():
            if name in shape.members:
                check_json(inner, shape.members[name], f"{path}.{name}")
            else:
                departs(f"{path}.{name} is not in the model")
    elif shape.type_name == "list":
        for inner in value:
            check_json(inner, shape.member, path + "[]")
    elif shape.type_name == "string":
        if not isinstance(value, str):
            departs(f"{path} is no text")
        check_text(str(value), shape, path)


def watch(operation_model, response_dict, **_):
    shape, action = operation_model.output_shape, operation_model.name
    if response_dict["status_code"] == 200 and shape is not None:
        if operation_model.service_model.resolved_protocol in ("ec2", "query"):
            root = ElementTree.fromstring(response_dict["body"])
            wrapper = shape.serialization.get("resultWrapper")
            check_xml(root.find("{*}" + wrapper) if wrapper else root, shape, action)
        else:
            check_json(json.loads(response_dict["body"] or "{}"), shape, action)


for client in clients.values():
    client.meta.events.register("before-parse", watch)


# Requests: each member by itself, and each member within it by itself.
def values(shape, name, depth=0):
    kind = shape.type_name
    if kind == "structure":
        for inner, member in shape.members.items():
            for value in values(member, inner, depth + 1):
                yield {inner: value}
    elif kind == "list":
        for value in values(shape.member, name, depth + 1):
            yield [value]
    elif kind == "map":
        yield {}
    else:
        yield {"boolean": True, "integer": 1, "long": 1, "double": 1.0, "float": 1.0, "timestamp": 0, "blob": b"x"}.get(
            kind, getattr(shape, "enum", ["x"])[0] if getattr(shape, "enum", None) else "x")


def requests(world):
    for action in EC2:
        members = operation("ec2", action).input_shape.members
        dry = {"DryRun": True} if "DryRun" in members else {}
        if dry and call("ec2", action, world.ec2(action) | dry) != ("DryRunOperation", 412):
            departs(f"{action} does not answer DryRunOperation with 412")
        for name, shape in members.items():
            for value in values(shape, name):
                if call("ec2", action, world.ec2(action) | {name: value} | dry)[0] == "UnknownParameter":
                    departs(f"{action} does not know {json.dumps({name: value}, default=str)}")


def required_members(operation):
    """Those without which a request can be sent: a path without its parts is another path."""
    shape = operation.input_shape
    return [name for name in (shape.required_members if shape else []) if shape.members[name].serialization.get("location") != "uri"]


def required(world):
    missing = {"MissingParameter", "ValidationException", "ValidationError", "AWS.SimpleQueueService.EmptyBatchRequest",
               "InvalidParameterException", "InvalidParameterValueException", "InvalidParameter"}
    for service, action in [(s, a) for s, actions in SERVICES for a in actions]:
        for name in required_members(operation(service, action)):
            arguments = {key: value for key, value in world.of(service, action).items() if key != name}
            if (code := call(service, action, arguments)[0]) not in missing:
                departs(f"{action} without {name}: {code}")


def violations(shape):
    most, least = shape.metadata.get("max"), shape.metadata.get("min")
    if shape.type_name == "string":
        if getattr(shape, "enum", None):
            yield "no-such"
        if most and most <= 2048:
            yield "x" * (most + 1)
        if least:
            yield "x" * (least - 1)
        # A colon and an asterisk, for patterns that refuse nothing else.
        if "pattern" in shape.metadata:
            yield from [text for text in ("\u0000 ?!", ":*") if shape.metadata["pattern"].startswith("[^:") == (text == ":*")]
    elif shape.type_name in ("integer", "long"):
        yield from [value for value, limit in ((most and most + 1, most), (least is not None and least - 1, least)) if limit is not None]
    elif shape.type_name == "list" and least:
        yield []


def limits(world):
    for service, action in [(s, a) for s, actions in SERVICES if s != "ec2" for a in actions]:
        members = operation(service, action).input_shape.members if operation(service, action).input_shape else {}
        for name, shape in members.items():
            for value in violations(shape) if shape.serialization.get("location") not in ("uri", "header") and name not in ("EndpointId", "EventBusName") and (action, name) not in NOTHING else []:
                if call(service, action, world.of(service, action) | {name: value})[0] is None:
                    departs(f"{action} takes {name}={str(value)[:20]}")


def items(answer):
    return next(value for value in answer.values() if isinstance(value, list))


def filters(world):
    for action in [action for action in EC2 if "Filters" in operation("ec2", action).input_shape.members]:
        documentation = operation("ec2", action).input_shape.members["Filters"].documentation
        names = [html.unescape(name) for name in re.findall(r"<li>\s*<p>\s*<code>([^<]+)</code>", documentation)]
        names = {"tag:Name" if name in ("tag", "tag:<key>") else name for name in names}
        for name in sorted(names):
            code, found = call("ec2", action, {"Filters": [{"Name": name, "Values": ["no-such-value", "*"]}]})
            if code:
                departs(f"{action} does not know the filter {name}: {code}")
            elif not items(found) and not re.fullmatch(NOTHING.get(action, ""), name):
                departs(f"{action}: {name} matches nothing")
            code, found = call("ec2", action, {"Filters": [{"Name": name, "Values": ["no-such-value"]}]})
            if code or items(found):
                departs(f"{action}: {name} matches anything")
        # Traffic Mirroring's describes take tags undocumented: the emulator's README says why.
        allowed = {"tag:Name", "tag-key"} if "TrafficMirror" in action else set()
        for name in {"tag:Name", "tag-key", "colour", "Tag:Name", min(names).upper()} - names - allowed:
            if call("ec2", action, {"Filters": [{"Name": name, "Values": ["*"]}]})[0] != "InvalidParameterValue":
                departs(f"{action} takes the undocumented filter {name}")


def pages(_):
    for action in EC2:
        members = operation("ec2", action).input_shape.members
        if "MaxResults" in members:
            # Where the model has no limits, the documentation says 5 to 1000.
            limits = {"min": 5, "max": 1000} | members["MaxResults"].metadata
            for size, code in ((limits["min"] - 1, "InvalidParameterValue"), (limits["min"], None),
                               (limits["max"], None), (limits["max"] + 1, "InvalidParameterValue")):
                if call("ec2", action, {"MaxResults": size})[0] != code:
                    departs(f"{action} with MaxResults={size} is not {code}")
            if call("ec2", action, {"NextToken": "nonsense"})[0] != "InvalidNextToken":
                departs(f"{action} takes any token")


def plain(world):
    for service, actions in SERVICES:
        for action in actions:
            code, _ = call(service, action, world.of(service, action))
            if code:
                departs(f"{action} answers the plain request with {code}")


for kind, SERVICES in ((World, (("ec2", EC2), ("ssm", SSM), ("events", EVENTS), ("sqs", SQS), ("sts", STS), ("iam", IAM), ("logs", LOGS),
                                ("cloudwatch", CLOUDWATCH), ("lambda", LAMBDA), ("sns", SNS))),
                       (Network, (("ec2", ROUTES), ("elbv2", BALANCING)))):
    world, EC2 = kind(clients), SERVICES[0][1]
    for part in (pages, filters, requests, required, limits, plain):
        part(world)
print("\n".join([*departures, f"{compared} requests compared"]))
sys.exit(bool(departures))
