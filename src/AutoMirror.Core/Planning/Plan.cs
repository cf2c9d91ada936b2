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
    bool IsFullSync);
