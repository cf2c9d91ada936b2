using AutoMirror.Cli.Coverage;

namespace AutoMirror.Cli.Pages;

/// <summary>Interfaces that should be mirrored and are not, for one reason.</summary>
/// <param name="Because">The last link of their chain of reasons, which decided; of pending ones, that a sync is all they need.</param>
internal sealed record MissingGroup(string State, string Verdict, string Because, int Interfaces)
{
    // How a pending interface got its target is no reason why it has no session yet.
    private const string Synced = "a sync makes its session";

    /// <summary>The groups, the largest first.</summary>
    public static IReadOnlyList<MissingGroup> In(IReadOnlyList<CoverageInterface> interfaces) =>
    [
        .. from each in interfaces
           where each.Wanted && each.State != InterfaceState.Mirrored
           let because = each.State == InterfaceState.Pending ? Synced : each.Because is [.., var last] ? last : ""
           group each by (each.State, each.Verdict, Because: because) into same
           orderby same.Count() descending, same.Key
           select new MissingGroup(same.Key.State, same.Key.Verdict, same.Key.Because, same.Count()),
    ];
}

/// <summary>Packets that no sensor sees, and of how many mirrored interfaces.</summary>
internal sealed record BlindTraffic(string What, int Interfaces)
{
    /// <summary>What the mirrored interfaces are blind to, the most frequent first.</summary>
    public static IReadOnlyList<BlindTraffic> In(IReadOnlyList<CoverageInterface> interfaces) =>
    [
        .. from each in interfaces
           where each.State == InterfaceState.Mirrored
           from spot in each.Blind
           group spot by spot into same
           orderby same.Count() descending, same.Key
           select new BlindTraffic(same.Key, same.Count()),
    ];
}
