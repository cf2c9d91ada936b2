namespace AutoMirror.Emulator.Iam.Policies;

/// <summary>A statement. Of each pair such as Action and NotAction it has one; the other is null.</summary>
internal sealed record PolicyStatement
{
    public string? Sid { get; init; }

    public required bool Allows { get; init; }

    public IReadOnlyList<string>? Actions { get; init; }

    public IReadOnlyList<string>? NotActions { get; init; }

    public IReadOnlyList<string>? Resources { get; init; }

    public IReadOnlyList<string>? NotResources { get; init; }

    public PolicyPrincipals? Principals { get; init; }

    public PolicyPrincipals? NotPrincipals { get; init; }

    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>Whether the statement is about a request, whatever it then says.</summary>
    public bool Applies(AccessRequest request, bool hasVariables) =>
        IsAction(request.Action) && IsResource(request, hasVariables)
            && Conditions.All(condition => condition.Holds(request.Context, hasVariables));

    /// <summary>"The prefix and the action name are case insensitive."</summary>
    private bool IsAction(string action)
    {
        return Actions is not null ? Actions.Any(Matches) : !NotActions!.Any(Matches);

        bool Matches(string pattern) => Glob.Matches(pattern.ToLowerInvariant(), action.ToLowerInvariant());
    }

    private bool IsResource(AccessRequest request, bool hasVariables)
    {
        // Trust policies and some resource policies have no resource: they are about the one that they are attached to.
        if (Resources is null && NotResources is null)
            return true;
        return Resources is not null ? Resources.Any(Matches) : !NotResources!.Any(Matches);

        bool Matches(string pattern) => ArnPattern.Matches(
            hasVariables ? PolicyVariables.ToPattern(pattern, request.Context) : PolicyVariables.Escape(pattern), request.Resource);
    }
}
