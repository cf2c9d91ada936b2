using Amazon.EC2.Model;
using AutoMirror.Aws;
using AutoMirror.Cli.Accounts;

namespace AutoMirror.Cli.Diagnosing;

/// <summary>What is mirrored, with everything that its packets meet on their way as far as EC2's describes show it.</summary>
internal sealed record MirrorAccount
{
    public required IReadOnlyList<MirroredInterface> Mirrored { get; init; }

    public required IReadOnlyDictionary<string, TrafficMirrorTarget> Targets { get; init; }

    /// <summary>The interfaces that are targets.</summary>
    public required IReadOnlyDictionary<string, NetworkInterface> TargetInterfaces { get; init; }

    /// <summary>The instances that have them.</summary>
    public required IReadOnlyDictionary<string, Instance> Sensors { get; init; }

    /// <summary>The security groups of the targets' interfaces.</summary>
    public required IReadOnlyDictionary<string, SecurityGroup> SecurityGroups { get; init; }

    public required IReadOnlyList<Core.Model.TrafficMirrorFilter> Filters { get; init; }

    /// <summary>Reads it.</summary>
    public static async Task<MirrorAccount> ReadAsync(IAccountReads account, CancellationToken cancellationToken)
    {
        var mirrored = await MirroredInterface.ReadAsync(account, cancellationToken);
        var targets = await account.TargetsAsync(Ids(mirrored.Select(each => each.Session.TrafficMirrorTargetId)), cancellationToken);
        var interfaces = await account.NetworkInterfacesAsync(Ids(targets.Select(each => each.NetworkInterfaceId)), cancellationToken);
        var sensors = await account.InstancesAsync(Ids(interfaces.Select(each => each.Attachment?.InstanceId)), cancellationToken);
        var groups = await account.SecurityGroupsAsync(
            Ids(interfaces.SelectMany(each => each.Groups ?? []).Select(group => group.GroupId)), cancellationToken);
        var filters = await account.FiltersAsync(Ids(mirrored.Select(each => each.Session.TrafficMirrorFilterId)), cancellationToken);
        return new()
        {
            Mirrored = mirrored,
            Targets = targets.ToDictionary(each => each.TrafficMirrorTargetId),
            TargetInterfaces = interfaces.ToDictionary(each => each.NetworkInterfaceId),
            Sensors = sensors.ToDictionary(each => each.InstanceId),
            SecurityGroups = groups.ToDictionary(each => each.GroupId),
            Filters = [.. filters.Select(Mapping.ToFilter)],
        };
    }

    private static List<string> Ids(IEnumerable<string?> ids) => [.. ids.OfType<string>().Where(id => id.Length > 0).Distinct().Order()];
}
