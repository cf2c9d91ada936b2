namespace AutoMirror.Core.Planning;

/// <summary>What is to be done, and what then holds for every interface in scope.</summary>
/// <param name="Changes">Deletes first, since they free numbers and places; then changes
/// in place; then new sessions. Each kind by interface id.</param>
/// <param name="Standbys">What is also tried when EC2 refuses a source, in the order of the interfaces' ids.</param>
/// <param name="Verdicts">One for every interface, ordered by id.</param>
/// <param name="Problems">What a person should act on and the verdicts do not show.</param>
/// <param name="OwnedSessions">How many owned sessions the inventory holds.</param>
/// <param name="IsFullSync">Whether the inventory holds all there are.</param>
internal sealed record Plan(
    IReadOnlyList<Change> Changes,
    IReadOnlyList<Standby> Standbys,
    IReadOnlyList<InterfaceVerdict> Verdicts,
    IReadOnlyList<Problem> Problems,
    int OwnedSessions,
    bool IsFullSync)
{
    /// <summary>A plan in its order, in whatever order its parts were found.</summary>
    public static Plan InOrder(
        IEnumerable<Change> changes, IEnumerable<Standby> standbys, IEnumerable<InterfaceVerdict> verdicts, IReadOnlyList<Problem> problems,
        int ownedSessions, bool isFullSync) => new(
        [
            .. changes.OrderBy(Order).ThenBy(change => change.NetworkInterfaceId)
                .ThenBy(change => (change as Change.Delete)?.Session.Id.Value, StringComparer.Ordinal),
        ],
        [.. standbys.OrderBy(standby => standby.Create.NetworkInterfaceId)],
        [
            .. verdicts.OrderBy(verdict => verdict.NetworkInterfaceId?.Value, StringComparer.Ordinal)
                .ThenBy(verdict => verdict.InstanceId?.Value, StringComparer.Ordinal),
        ],
        problems, ownedSessions, isFullSync);

    private static int Order(Change change) => change switch
    {
        Change.Delete => 0,
        Change.Modify => 1,
        _ => 2,
    };
}
