"""Writes the limits that a service model sets for the members of requests, for the actions that the emulator answers: to which file goes
what, see FILES. Run it when botocore has newer models: python3 write_limits.py"""
import pathlib
import botocore.session
from sweep_account import CLOUDWATCH, IAM, LAMBDA, LOGS

SOURCES = pathlib.Path(__file__).parents[3] / "src" / "AutoMirror.Emulator"
FILES = (("iam", IAM, "Iam/iam-limits.txt"), ("logs", LOGS, "Logs/logs-limits.txt"),
         ("cloudwatch", CLOUDWATCH, "CloudWatch/cloudwatch-limits.txt"), ("lambda", LAMBDA, "Lambda/lambda-limits.txt"))


def limits(shape, path, required, depth=0):
    kind, data = shape.type_name, shape.metadata
    least, most = data.get("min"), data.get("max")
    values = "|".join(shape.enum) if getattr(shape, "enum", None) else ""
    if kind in ("structure", "blob", "map"):
        least = most = None
    if required or least is not None or most is not None or values or data.get("pattern"):
        # A number may have a fraction in the model and has none here.
        numbers = ["" if limit is None else str(int(limit)) for limit in (least, most)]
        yield [path, "required" if required else "", *numbers, values, data.get("pattern", "")]
    if depth == 4:
        return
    if kind == "structure":
        for name, member in shape.members.items():
            yield from limits(member, f"{path}.{name}" if path else name, name in shape.required_members, depth + 1)
    elif kind == "list":
        yield from limits(shape.member, path + "[]", False, depth)


for service, actions, file in FILES:
    model = botocore.session.get_session().get_service_model(service)
    lines = []
    for action in sorted(actions):
        shape = model.operation_model(action).input_shape
        for row in limits(shape, "", False) if shape else []:
            if row[0]:
                lines.append("\t".join([action, *row]))
    (SOURCES / file).write_text("\n".join(lines) + "\n")
