using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Diagnosing;

/// <summary>Filters that leave out what nobody may have meant to leave out.</summary>
internal static class FilterChecks
{
    public static IEnumerable<Symptom> Of(MirrorAccount account) =>
        account.Filters.Where(filter => filter.IsUnderstood).OrderBy(filter => filter.Id.Value, StringComparer.Ordinal).SelectMany(Of);

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
