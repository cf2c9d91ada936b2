using System.Diagnostics;

namespace AutoMirror.Core.Events;

/// <summary>Where naming every instance takes more calls than looking at everything, everything is looked at: by arithmetic, not by kind of event.</summary>
internal static class Widening
{
    // Instances and sessions are looked up in groups of 200 each (EC2 API, Filter: up to 200 values).
    private const int IdsPerCall = 200;

    // What a sweep takes where none was made yet: 10 + 10 pages, for as many sessions as an account may have.
    private const int UnknownSweepCalls = 20;

    /// <summary>The scope, or everything.</summary>
    /// <param name="scope">Where the events lead to.</param>
    /// <param name="sweepCalls">How many calls the last look at everything took; null when there was none.</param>
    public static Scope Of(Scope scope, int? sweepCalls) => scope switch
    {
        Scope.Part part when Calls(part) > (sweepCalls ?? UnknownSweepCalls) => new Scope.Everything(),
        Scope.Part or Scope.Everything or Scope.Nothing => scope,
        _ => throw new UnreachableException(),
    };

    // An interface or a session that is named leads to its instance, whose id and sessions are asked for then.
    private static int Calls(Scope.Part part) =>
        (2 * Groups(part.Instances.Count)) + (3 * Groups(part.NetworkInterfaces.Count)) + (4 * Groups(part.Sessions.Count)) + Groups(part.Vpcs.Count) + Groups(part.Subnets.Count);

    private static int Groups(int ids) => (ids + IdsPerCall - 1) / IdsPerCall;
}
