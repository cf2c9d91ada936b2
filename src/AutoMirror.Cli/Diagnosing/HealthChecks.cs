using AutoMirror.Cli.Health;

namespace AutoMirror.Cli.Diagnosing;

/// <summary>Sources whose copies CloudWatch did not see leave.</summary>
internal static class HealthChecks
{
    /// <summary>Those that are silent or losing, in the order of their ids; none where nobody asked.</summary>
    public static IEnumerable<Symptom> Of(MirrorStatus status)
    {
        if (status.Health is not { } health)
            yield break;
        foreach (var instance in status.Instances)
        {
            var words = StatusText.Words(health.Of(instance.Id), health.Sums.GetValueOrDefault(instance.Id));
            if (health.Of(instance.Id) == InstanceHealth.Silent)
            {
                yield return new(
                    instance.Id, words,
                    $"ask automirror explain {instance.Mirrored[0].Session.NetworkInterfaceId} --packet for a packet of its");
            }
            else if (health.Of(instance.Id) == InstanceHealth.Losing)
            {
                yield return new(instance.Id, words, "give it a larger instance type, or mirror less: a narrower filter, a packet length");
            }
        }
    }
}
