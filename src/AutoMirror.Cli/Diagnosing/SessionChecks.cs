using AutoMirror.Aws;
using AutoMirror.Cli.Coverage;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;

namespace AutoMirror.Cli.Diagnosing;

/// <summary>What of filters and sessions keeps packets from a sensor.</summary>
internal static class SessionChecks
{
    /// <summary>Everything that the planner and the sessions themselves show.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(Look look, CancellationToken cancellationToken) =>
    [
        .. look.IsOff
            ? (Finding[])[new("mode", Finding.Problem, "AutoMirror is switched off: nothing new is mirrored.", "automirror resume")]
            : [],
        .. StatusProblem.Of(look).Select(problem => new Finding(problem.Problem, Finding.Problem, problem.Message, problem.Command)),
        .. await FiltersAsync(look, cancellationToken),
        .. Shadowed(look),
        .. Orphans(look),
        .. Truncation(look),
        .. Zones(look),
    ];

    private static async Task<IReadOnlyList<Finding>> FiltersAsync(Look look, CancellationToken cancellationToken)
    {
        if (!(await look.Source.ReadAsync(Listings.Filters, cancellationToken)).TryGet(out var all, out var refusal))
            return [new Finding("filter", Finding.Unknown, $"The filters can't be read: {refusal}")];
        var hasIpv6 = (await look.Source.ReadAsync(Listings.NetworkInterfaces, cancellationToken)).TryGet(out var interfaces, out _)
            && interfaces.Any(each => each.Ipv6Addresses is { Count: > 0 });
        var filters = all.Select(Mapping.ToFilter).ToDictionary(filter => filter.Id);
        var findings = new List<Finding>();
        foreach (var id in look.Situation.Configuration.Parameters.Filters)
        {
            if (!filters.TryGetValue(id, out var filter) || !filter.IsUnderstood || PacketSet.AcceptedBy(filter).IsEmpty)
                continue;
            if (!filter.MirrorsAmazonDns)
            {
                findings.Add(new Finding(
                    "amazon-dns", Finding.Problem,
                    $"The filter {id} lacks the network service amazon-dns: no query to Amazon's resolver is mirrored.",
                    $"aws ec2 modify-traffic-mirror-filter-network-services --traffic-mirror-filter-id {id} --add-network-services "
                        + "amazon-dns"));
            }

            foreach (var direction in Enum.GetValues<TrafficDirection>())
                findings.AddRange(Rules(filter, direction, hasIpv6));
        }

        return findings;
    }

    private static IEnumerable<Finding> Rules(TrafficMirrorFilter filter, TrafficDirection direction, bool hasIpv6)
    {
        var (way, word) = direction == TrafficDirection.Ingress ? ("inbound", "ingress") : ("outbound", "egress");
        var accepting = filter.Rules.Where(rule => rule.Direction == direction && rule.Accepts).ToList();
        var families = accepting.Select(rule => rule.Source.BaseAddress.AddressFamily).ToHashSet();
        foreach (var (family, name, cidr) in ((System.Net.Sockets.AddressFamily, string, string)[])[
            (System.Net.Sockets.AddressFamily.InterNetwork, "IPv4", "0.0.0.0/0"),
            (System.Net.Sockets.AddressFamily.InterNetworkV6, "IPv6", "::/0")])
        {
            if (!families.Contains(family) && (name == "IPv4" || hasIpv6))
            {
                yield return new Finding(
                    "filter", Finding.Problem, $"The filter {filter.Id} accepts no {way} {name}.",
                    $"aws ec2 create-traffic-mirror-filter-rule --traffic-mirror-filter-id {filter.Id} --traffic-direction {word} "
                        + $"--rule-number {(name == "IPv4" ? 100 : 200)} --rule-action accept --source-cidr-block {cidr} "
                        + $"--destination-cidr-block {cidr}");
            }
        }
    }

    // Those that are hidden wholly are among the planner's problems.
    private static IEnumerable<Finding> Shadowed(Look look) =>
        from verdict in look.Plan.Verdicts
        where verdict.Verdict is Verdict.Mirrored { Shadowed: Shadow.Partly }
        let before = verdict.Because.OfType<Reason.ShadowedBy>().FirstOrDefault()
        where before is not null
        select new Finding(
            "shadowed", Finding.Problem,
            $"The foreign session {before.SessionId} has a lower number and takes some packets of {verdict.NetworkInterfaceId}.",
            $"automirror explain {verdict.NetworkInterfaceId}");

    private static IEnumerable<Finding> Orphans(Look look)
    {
        var (deployment, owner) = (look.Situation.Deployment, look.Situation.Owner);
        foreach (var session in look.Situation.Inventory.Sessions.Where(session => !owner.Owns(session)))
        {
            if (deployment.Describes(session) || deployment.Claims(session))
            {
                yield return new Finding(
                    "orphan", Finding.Problem,
                    $"{session.Id} on {session.NetworkInterfaceId} looks like the deployment's and is not: its "
                        + $"{(deployment.Claims(session) ? "description, filter or target" : "owner tag")} does not fit. It costs, and "
                        + "is never touched.",
                    $"aws ec2 delete-traffic-mirror-session --traffic-mirror-session-id {session.Id}");
            }
        }

        if (SessionCost.Of(look).Waste is [var waste, ..] all)
        {
            yield return new Finding(
                "waste", Finding.Note,
                $"{Printing.Counted.Of(all.Count, "session")} of the deployment's mirror nothing and cost all the same, such as "
                    + $"{waste.TrafficMirrorSessionId}: {waste.Why}.",
                "automirror status");
        }
    }

    // EC2 shows no interface's MTU. Whole packets take 54 bytes more on their way (Traffic Mirroring guide, "Packet truncation and MTU").
    private static IEnumerable<Finding> Truncation(Look look)
    {
        var destinations = look.Situation.Configuration.UsedTargets.Select(target => target.Destination).ToList();
        if (destinations.Exists(each => each is TargetDestination.CaptureInterface or TargetDestination.NetworkLoadBalancer))
        {
            yield return new Finding(
                "mtu", Finding.Note,
                "A packet longer than 8,947 bytes arrives cut, and so does any that is longer than the sensor's MTU less 54: set the "
                    + "workloads' "
                    + "MTU to 8,947 or less where whole jumbo frames matter.");
        }

        if (destinations.Exists(each => each is TargetDestination.GatewayLoadBalancerEndpoint))
        {
            yield return new Finding("mtu", Finding.Note, "Through a Gateway Load Balancer endpoint a packet longer than 8,446 bytes "
                + "arrives cut.");
        }
    }

    private static IEnumerable<Finding> Zones(Look look)
    {
        var zones = look.Situation.Inventory.Instances.SelectMany(instance => instance.NetworkInterfaces)
            .DistinctBy(each => each.Id).ToDictionary(each => each.Id, each => each.AvailabilityZone);
        var across = look.Plan.Verdicts.Count(verdict => verdict is { NetworkInterfaceId: { } id, Verdict: Verdict.Mirrored mirrored }
            && zones.GetValueOrDefault(id) is { } zone
            && look.Situation.Equipment.Of(mirrored.Settings.TargetId).AvailabilityZone is { } other && zone != other);
        if (across > 0)
        {
            yield return new Finding(
                "zones", Finding.Note,
                $"{Printing.Counted.Of(across, "interface")} with copies into another Availability Zone: they are billed as traffic "
                    + "between zones. A target in their "
                    + "own zone takes them at the next move.",
                "automirror status");
        }
    }
}
