using System.Collections.Immutable;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.Ssm;

namespace AutoMirror.Emulator.Events;

/// <summary>The events that AWS services put on the bus, in the shapes that their guides document.</summary>
internal sealed class ServiceEvents(Cloud cloud)
{
    /// <summary>How often each resource's tags have changed, which the events count.</summary>
    private readonly Dictionary<string, int> _tagVersions = [];

    /// <summary>"EC2 Instance State-change Notification" (EC2 User Guide, "Automate instance state changes").</summary>
    public void InstanceStateChange(Instance instance) => cloud.Events.Emit(
        "aws.ec2", "EC2 Instance State-change Notification",
        new JsonObject { ["instance-id"] = instance.Id, ["state"] = instance.StateName },
        cloud.Arn("ec2", $"instance/{instance.Id}"));

    /// <summary>
    /// "Tag Change on Resource" (Tag Editor guide, "Monitor tag changes"), for the kinds of resource whose tags mirroring depends on.
    /// </summary>
    public void TagChange(string kind, string id, IReadOnlyList<string> keys, ImmutableSortedDictionary<string, string> tags)
    {
        if (kind is not ("instance" or "network-interface" or "subnet" or "vpc"))
            return;
        _tagVersions[id] = _tagVersions.GetValueOrDefault(id) + 1;
        cloud.Events.Emit(
            "aws.tag", "Tag Change on Resource",
            new JsonObject
            {
                ["changed-tag-keys"] = keys.ToJsonArray(),
                ["service"] = "ec2",
                ["resource-type"] = kind,
                ["version"] = _tagVersions[id],
                ["tags"] = tags.ToJsonObject(),
            },
            cloud.Arn("ec2", $"{kind}/{id}"));
    }

    /// <summary>"Parameter Store Change" (Systems Manager guide, "Monitoring Systems Manager events").</summary>
    public void ParameterChange(string operation, Parameter parameter) => cloud.Events.Emit(
        "aws.ssm", "Parameter Store Change",
        new JsonObject { ["operation"] = operation, ["name"] = parameter.Name, ["type"] = parameter.Type }
            .WithAny("description", parameter.Description),
        parameter.ArnIn(cloud));
}
