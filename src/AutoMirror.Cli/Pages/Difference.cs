using AutoMirror.Cli.Coverage;

namespace AutoMirror.Cli.Pages;

/// <summary>Who became mirrored and who stopped, between two looks at the same deployment.</summary>
/// <param name="Since">The time of the earlier look.</param>
/// <param name="Until">The time of this one.</param>
/// <remarks>EC2 does not say when a session was made or deleted: a change lies between the two looks.</remarks>
internal sealed record Difference(
    DateTimeOffset Since, DateTimeOffset Until, IReadOnlyList<DifferenceEntry> Became, IReadOnlyList<DifferenceEntry> Stopped)
{
    private const string Absent = "absent";

    public static Difference Between(EarlierCoverage earlier, IReadOnlyList<CoverageInterface> now, DateTimeOffset seenAt)
    {
        var present = now.Where(each => each.NetworkInterfaceId is not null).DistinctBy(each => each.NetworkInterfaceId)
            .ToDictionary(each => each.NetworkInterfaceId!);
        return new Difference(
            earlier.SeenAt, seenAt,
            [
                .. from each in present.Values
                   let then = earlier.ById.GetValueOrDefault(each.NetworkInterfaceId!)
                   where each.State == InterfaceState.Mirrored && then?.State != InterfaceState.Mirrored
                   orderby each.NetworkInterfaceId
                   select new DifferenceEntry(
                       each.NetworkInterfaceId!, each.InstanceId, each.Name, then?.State ?? Absent, each.State, then?.Since,
                       string.Join("; ", each.Because)),
            ],
            [
                .. from then in earlier.ById.Values
                   let each = present.GetValueOrDefault(then.NetworkInterfaceId!)
                   where then.State == InterfaceState.Mirrored && each?.State != InterfaceState.Mirrored
                   orderby then.NetworkInterfaceId
                   select new DifferenceEntry(
                       then.NetworkInterfaceId!, then.InstanceId, then.Name, InterfaceState.Mirrored, each?.State ?? Absent, then.Since,
                       each is null ? "the account does not show it any more" : string.Join("; ", each.Because)),
            ]);
    }
}

/// <summary>An interface whose coverage changed.</summary>
/// <param name="Was">Its state then; <c>absent</c> where the account did not show it.</param>
/// <param name="Is">Its state now, likewise.</param>
/// <param name="WasSince">The first look that showed the state that it had; null where it was not there.</param>
/// <param name="Because">Why it is as it is now.</param>
internal sealed record DifferenceEntry(
    string NetworkInterfaceId, string? InstanceId, string? Name, string Was, string Is, DateTimeOffset? WasSince, string Because);
