using System.Diagnostics;

namespace AutoMirror.Core.Events;

/// <summary>Turns a large scope into a full sync when describing its ids would take more calls than describing the account.</summary>
internal static class Widening
{
    // Instances and sessions are looked up in groups of 200 (EC2 API reference, Filter: up to 200 values).
    private const int IdsPerCall = 200;

    // Ten pages of instances and ten of sessions: as many sessions as an account may have.
    private const int UnknownFullSyncCalls = 20;

    /// <param name="fullSyncCalls">How many describes the last full sync took; null before the first.</param>
    public static Scope Of(Scope scope, int? fullSyncCalls) => scope switch
    {
        Scope.Part part when Calls(part) > (fullSyncCalls ?? UnknownFullSyncCalls) => new Scope.Everything(),
        Scope.Part or Scope.Everything or Scope.Nothing or Scope.Later => scope,
        _ => throw new UnreachableException(),
    };

    // An interface or a session leads to its instance, whose id and sessions are then asked for too.
    private static int Calls(Scope.Part part) => (2 * Groups(part.Instances.Count)) + (3 * Groups(part.NetworkInterfaces.Count))
        + (4 * Groups(part.Sessions.Count)) + (4 * Groups(part.Targets.Count)) + Groups(part.Vpcs.Count) + Groups(part.Subnets.Count);

    private static int Groups(int ids) => (ids + IdsPerCall - 1) / IdsPerCall;
}
