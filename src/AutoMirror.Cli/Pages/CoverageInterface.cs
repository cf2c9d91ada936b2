using AutoMirror.Cli.Coverage;
using AutoMirror.Cli.Explanations;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Policies;

namespace AutoMirror.Cli.Pages;

/// <summary>One interface: what <c>status</c> and <c>explain</c> say about it, in one row.</summary>
/// <param name="State">How it is now, in the words of <c>status</c>.</param>
/// <param name="Verdict">What holds once a sync has run.</param>
/// <param name="Wanted">Whether a sensor should see it.</param>
/// <param name="Target">The target of its session, or of the one that a sync would make.</param>
/// <param name="DecidedBy">The tags, or the rule in place of a tag, that decided.</param>
/// <param name="Because">The chain that led to the verdict.</param>
/// <param name="WhatToDo">The next step, with its command; null where there is nothing to do.</param>
/// <param name="Blind">What of its traffic no sensor of the deployment sees.</param>
internal sealed record CoverageInterface(
    string? NetworkInterfaceId, string? InstanceId, string? Name, string? InstanceType, string? VpcId, string? SubnetId, string? Zone,
    string? Address, string State, string Verdict, bool Wanted, string? Sensor, string? Target, int? SessionNumber, int? VirtualNetworkId,
    IReadOnlyList<string> DecidedBy, IReadOnlyList<string> Because, string? WhatToDo, IReadOnlyList<SessionExplanation> Sessions,
    IReadOnlyList<string> Blind)
{
    /// <summary>The time of the first look at the account, without a gap in the evidence, that showed this state.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The time of the last look that showed another state; null where none is known.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>The deployment's session on it, if there is one that stays.</summary>
    public string? OwnSessionId => Own(Sessions)?.TrafficMirrorSessionId;

    public static CoverageInterface Of(InterfaceState state, InterfaceVerdict verdict, InterfaceExplanation? explained)
    {
        var session = explained is null ? null : Own(explained.Sessions);
        return new CoverageInterface(
            state.NetworkInterfaceId, state.InstanceId, explained?.InstanceName, state.InstanceType ?? explained?.InstanceType,
            explained?.VpcId ?? state.VpcId, explained?.SubnetId, explained?.Zone ?? state.Zone, explained?.Address, state.State,
            state.Verdict, state.Counts, state.Sensor, session?.TargetId, session?.SessionNumber, session?.VirtualNetworkId,
            [.. verdict.Because.Select(TagOf).OfType<string>()], explained?.Because ?? [state.Because], explained?.WhatToDo,
            explained?.Sessions ?? [], explained?.Blind ?? []);
    }

    private static SessionExplanation? Own(IReadOnlyList<SessionExplanation> sessions) =>
        sessions.FirstOrDefault(each => each.IsOwned && each.Next != "delete");

    private static string? TagOf(Reason reason) => reason switch
    {
        Reason.Tagged tagged => OnLevel(tagged.Level, tagged.Key, tagged.Value),
        Reason.ExcludedTag tagged => OnLevel(tagged.Level, tagged.Key, tagged.Value),
        Reason.ExcludedNode node => node.Key,
        Reason.Untagged untagged => $"no {untagged.Key}",
        Reason.IsSensorHost => Ownership.SensorHostKey,
        Reason.Obliged obliged => $"mandatory {obliged.By}",
        _ => null,
    };

    private static string OnLevel(TagLevel level, string key, string value) =>
        $"{key}={value} ({PolicyWords.TagLevels.WordFor(level)})";
}
