using System.Text.Json;
using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>EventBridge's "EC2 Instance State-change Notification" (EC2 User Guide, "Instance state change events").</summary>
internal static class InstanceStateChangeEvent
{
    public const string DetailType = "EC2 Instance State-change Notification";

    public static EventReading Read(JsonElement envelope)
    {
        if (Id<Instance>.TryParse(envelope.TextAt("detail", "instance-id")) is not { } instance)
            return envelope.Malformed("an instance id, i-…", "detail", "instance-id");
        return Ec2Words.InstanceStates.Find(envelope.TextAt("detail", "state")) is { } state
            ? new MirrorEvent.InstanceStateChange(instance, state)
            : envelope.Malformed($"one of {string.Join(", ", Ec2Words.InstanceStates.Words)}", "detail", "state");
    }
}
