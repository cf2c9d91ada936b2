using AutoMirror.Cli.Health;

namespace AutoMirror.Cli.Diagnosing;

/// <summary>What CloudWatch says of the sources: instances that no copy left, or not every one.</summary>
internal static class HealthChecks
{
    /// <summary>In the order of the instances.</summary>
    public static IEnumerable<Finding> Of(MirrorStatus status)
    {
        if (status.Health is not { } health)
            yield break;
        foreach (var instance in status.Instances)
        {
            var words = $"{instance.Id} is {HealthText.Words(health.Of(instance.Id), health.Sums.GetValueOrDefault(instance.Id))}.";
            if (health.Of(instance.Id) == InstanceHealth.Silent)
            {
                yield return new Finding(
                    "silent", Finding.Problem, $"{words} Ask about a packet of its.",
                    $"automirror explain {instance.Mirrored[0].Session.NetworkInterfaceId} --packet …");
            }
            else if (health.Of(instance.Id) == InstanceHealth.Losing)
            {
                yield return new Finding(
                    "losing", Finding.Problem,
                $"{words} Give it a larger instance type, or mirror less: a narrower filter, a packet length.");
            }
        }
    }
}
