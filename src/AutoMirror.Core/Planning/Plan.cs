namespace AutoMirror.Core.Planning;

/// <summary>What is to be done, and what holds for every interface in scope.</summary>
/// <param name="Changes">Deletes first, since they free numbers and room; then changes in place; then new sessions. Each kind by interface id.</param>
/// <param name="Standbys">What is done besides, as far as there is room, when EC2 refuses a source. In the order of the interfaces' ids.</param>
/// <param name="Verdicts">One for every interface, ordered by id.</param>
/// <param name="Problems">What a person should see to.</param>
/// <param name="OwnedSessions">How many owned sessions the inventory holds.</param>
/// <param name="IsFullSync">Whether the inventory holds all there are.</param>
public sealed record Plan(
    IReadOnlyList<Change> Changes,
    IReadOnlyList<Standby> Standbys,
    IReadOnlyList<InterfaceVerdict> Verdicts,
    IReadOnlyList<Problem> Problems,
    int OwnedSessions,
    bool IsFullSync);
