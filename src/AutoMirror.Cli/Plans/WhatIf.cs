using System.Text.Json.Serialization;
using AutoMirror.Cli.Coverage;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Cli.Plans;

/// <summary>The difference that a policy makes against the one in force, once each is carried out.</summary>
/// <param name="Gains">Mirrored under the new policy only.</param>
/// <param name="Loses">Mirrored under the one in force only.</param>
/// <param name="Moves">Mirrored to another sensor.</param>
/// <param name="Alters">Mirrored to the same sensor in another way: filter, number, length or identifier.</param>
/// <param name="Plan">What a full sync would do under the new policy, the blast radius included.</param>
internal sealed record WhatIf(
    IReadOnlyList<WhatIfEntry> Gains, IReadOnlyList<WhatIfEntry> Loses, IReadOnlyList<WhatIfEntry> Moves,
    IReadOnlyList<WhatIfEntry> Alters, WhatIfCost MonthlyCost, PlanDocument Plan)
{
    [JsonIgnore]
    public bool IsNone => Gains.Count + Loses.Count + Moves.Count + Alters.Count == 0;

    public static WhatIf Between(Look before, Look after, SessionPrice price)
    {
        var (old, now) = (ById(before), ById(after));
        var waiting = VerdictProblems.CountWaiting(after.Plan.Verdicts);
        var entries = now.Keys.Union(old.Keys).Order().Select(id => WhatIfEntry.Of(
            id, old.GetValueOrDefault(id), now.GetValueOrDefault(id), waiting)).ToList();
        IReadOnlyList<WhatIfEntry> Those(Func<WhatIfEntry, bool> are) => [.. entries.Where(are)];
        var altered = now.Where(each => each.Value.Verdict is Verdict.Mirrored { Settings: var settings }
            && old.GetValueOrDefault(each.Key)?.Verdict is Verdict.Mirrored { Settings: var were }
            && were.Sensor == settings.Sensor && Differ(were, settings)).Select(each => each.Key.Value).ToHashSet();
        var (from, to) = (entries.Count(each => each.SensorBefore is not null), entries.Count(each => each.SensorAfter is not null));
        return new WhatIf(
            Those(each => each is { SensorBefore: null, SensorAfter: not null }),
            Those(each => each is { SensorBefore: not null, SensorAfter: null }),
            Those(each => each is { SensorBefore: { } was, SensorAfter: { } then } && was != then),
            Those(each => altered.Contains(each.NetworkInterfaceId)),
            new WhatIfCost(price.AMonth(from), price.AMonth(to), price.Currency),
            PlanDocument.Of(after));
    }

    /// <summary>Writes it for a person.</summary>
    public void Write(Page page, int limit)
    {
        page.Line($"Under this policy, {Counted.Of(Gains.Count, "interface")} would gain a mirror, {Loses.Count} lose theirs, "
            + $"{Moves.Count} move to "
            + $"another sensor, {Alters.Count} be mirrored otherwise.");
        page.Line($"A month costs {MonthlyCost.Before:0.00} {MonthlyCost.Currency} now, and {MonthlyCost.After:0.00} "
            + $"{MonthlyCost.Currency} then.");
        PlanText.WriteProblems(page, Plan.Problems);
        foreach (var (heading, entries) in ((string, IReadOnlyList<WhatIfEntry>)[])
            [("Gain", Gains), ("Lose", Loses), ("Move", Moves), ("Mirrored otherwise", Alters)])
        {
            if (entries.Count == 0)
                continue;
            page.Heading(heading);
            page.Table(
                ["interface", "instance", "from", "to", "because"],
                [
                    .. entries.Select(each => (string[])[
                        each.NetworkInterfaceId, each.InstanceId ?? "", each.SensorBefore ?? "", each.SensorAfter ?? "", each.Because]),
                ],
                limit);
        }
    }

    private static Dictionary<Id<NetworkInterface>, InterfaceVerdict> ById(Look look) => look.Plan.Verdicts
        .Where(verdict => verdict.NetworkInterfaceId is not null).DistinctBy(verdict => verdict.NetworkInterfaceId)
        .ToDictionary(verdict => verdict.NetworkInterfaceId!.Value);

    private static bool Differ(SessionSettings one, SessionSettings other) =>
        one.FilterId != other.FilterId || one.SessionNumber != other.SessionNumber || one.PacketLength != other.PacketLength
        || one.VirtualNetworkId != other.VirtualNetworkId || one.TargetId != other.TargetId;
}

/// <summary>What becomes of an interface.</summary>
/// <param name="SensorBefore">Where it is mirrored to under the policy in force; null for nowhere.</param>
/// <param name="SensorAfter">Where it would be.</param>
/// <param name="Because">The reasons under the new policy.</param>
internal sealed record WhatIfEntry(
    string NetworkInterfaceId, string? InstanceId, string? SensorBefore, string? SensorAfter, string? VerdictAfter, string Because)
{
    public static WhatIfEntry Of(
        Id<NetworkInterface> id, InterfaceVerdict? before, InterfaceVerdict? after, IReadOnlyDictionary<SensorName, int> waiting) => new(
        id.Value, (after ?? before)?.InstanceId?.Value, SensorOf(before), SensorOf(after), after?.Verdict.Name,
        after is null ? "it is no longer looked at" : ReasonText.Of(after.Because, waiting));

    private static string? SensorOf(InterfaceVerdict? verdict) => (verdict?.Verdict as Verdict.Mirrored)?.Settings.Sensor.Value;
}

/// <summary>What a month costs.</summary>
internal sealed record WhatIfCost(decimal Before, decimal After, string Currency);
