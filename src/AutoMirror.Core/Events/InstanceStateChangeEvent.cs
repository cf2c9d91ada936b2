using System.Text.Json;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>EventBridge's "EC2 Instance State-change Notification" (EC2 User Guide, "Instance state change events").</summary>
internal static class InstanceStateChangeEvent
{
    public const string DetailType = "EC2 Instance State-change Notification";

    private static readonly Dictionary<string, InstanceState> States = new(StringComparer.Ordinal)
    {
        ["pending"] = InstanceState.Pending,
        ["running"] = InstanceState.Running,
        ["stopping"] = InstanceState.Stopping,
        ["stopped"] = InstanceState.Stopped,
        ["shutting-down"] = InstanceState.ShuttingDown,
        ["terminated"] = InstanceState.Terminated,
    };

    /// <summary>EC2's word for a state.</summary>
    public static string WordFor(InstanceState state) => States.Single(entry => entry.Value == state).Key;

    public static MirrorEvent Read(JsonElement envelope)
    {
        if (Id<Instance>.TryParse(envelope.TextAt("detail", "instance-id")) is not { } instance)
            return envelope.Malformed("an instance id, i-…", "detail", "instance-id");
        if (envelope.TextAt("detail", "state") is not { } word || !States.TryGetValue(word, out var state))
            return envelope.Malformed($"one of {string.Join(", ", States.Keys)}", "detail", "state");
        return new MirrorEvent.InstanceStateChange(instance, state);
    }
}
