using AutoMirror.Cli.Health;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Diagnosing;

/// <summary>Filters that leave out what nobody may have meant to leave out; and what CloudWatch says of the sources.</summary>
internal static class FilterChecks
{
    public static IEnumerable<Symptom> Of(MirrorAccount account) =>
        account.Filters.Where(filter => filter.IsUnderstood).OrderBy(filter => filter.Id.Value, StringComparer.Ordinal).SelectMany(Of);

    /// <summary>What copies did not leave, in the order of the instances.</summary>
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

    private static IEnumerable<Symptom> Of(TrafficMirrorFilter filter)
    {
        foreach (var direction in Enum.GetValues<TrafficDirection>())
        {
            if (!filter.Rules.Any(rule => rule.Direction == direction && rule.Accepts))
            {
                var word = direction == TrafficDirection.Ingress ? "inbound" : "outbound";
                yield return new(filter.Id.Value, $"no {word} rule accepts anything: only one direction can come", $"add an {word} rule");
            }
        }

        if (!filter.MirrorsAmazonDns)
        {
            yield return new(
                filter.Id.Value, "it has no network service amazon-dns: queries to Amazon's DNS are not mirrored, whatever its rules say",
                $"aws ec2 modify-traffic-mirror-filter-network-services --traffic-mirror-filter-id {filter.Id.Value} "
                    + "--add-network-services amazon-dns");
        }
    }
}
