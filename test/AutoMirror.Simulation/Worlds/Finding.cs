using System.Text.Json.Nodes;
using AutoMirror.Emulator;

namespace AutoMirror.Simulation.Worlds;

/// <summary>What GuardDuty has found about an instance.</summary>
internal sealed record Finding(string InstanceId, int Severity, DateTimeOffset At)
{
    /// <summary>Until when it has its instance mirrored under a rule; null when the
    /// rule does not heed it. Events tell whole seconds.</summary>
    public DateTimeOffset? Until(FindingRule rule) =>
        Severity >= rule.Severity ? DateTimeOffset.FromUnixTimeSeconds(At.ToUnixTimeSeconds()) + TimeSpan.FromHours(rule.Hours) : null;

    /// <summary>Tells of it, as GuardDuty does.</summary>
    public static void Emit(Cloud cloud, string instanceId, int severity) =>
        cloud.Events.Emit("aws.guardduty", "GuardDuty Finding", new JsonObject
        {
            ["schemaVersion"] = "2.0",
            ["resource"] =
            new JsonObject { ["resourceType"] = "Instance", ["instanceDetails"] = new JsonObject { ["instanceId"] = instanceId } },
            ["severity"] = severity,
        });
}
