namespace AutoMirror.Emulator.Iam.Policies;

/// <summary>The policies that count for a request of one principal ("Policy evaluation logic"), all of one account.</summary>
internal sealed record PolicySet
{
    /// <summary>The principal's own, inline and managed; null for the account's administrator, whom no policy binds.</summary>
    public IReadOnlyList<PolicyDocument>? Identity { get; init; }

    /// <summary>The most that the principal may do; null for no such limit.</summary>
    public PolicyDocument? Boundary { get; init; }

    /// <summary>What AssumeRole narrowed the session to; none for no such limit.</summary>
    public IReadOnlyList<PolicyDocument> Session { get; init; } = [];

    /// <summary>The resource's policy; null when it has none.</summary>
    public PolicyDocument? Resource { get; init; }

    /// <summary>Whether a statement of the resource's policy is about the principal.</summary>
    public Func<PolicyStatement, bool> IsNamed { get; init; } = _ => false;

    /// <summary>
    /// "By default, all requests are implicitly denied. An explicit allow overrides this. An explicit deny in any policy overrides any
    /// allow." Within one account the resource's policy alone can allow, too.
    /// </summary>
    public Decision Decide(AccessRequest request)
    {
        foreach (var (kind, document, isOfResource) in All())
        {
            if (Find(document, request, allows: false, isOfResource) is { } denial)
                return Decision.Denied(denial, kind);
        }

        var byResource = Resource is null ? null : Find(Resource, request, allows: true, isOfResource: true);
        if (Identity is null)
            return Decision.Allowed(byResource);
        var byIdentity = Identity.Select(document => Find(document, request, allows: true)).FirstOrDefault(found => found is not null);
        if (byIdentity is null && byResource is null)
            return Decision.NotAllowed("identity-based policy", request.Action);
        if (Boundary is not null && Find(Boundary, request, allows: true) is null)
            return Decision.NotAllowed("permissions boundary", request.Action);
        if (Session.Count > 0 && !Session.Any(document => Find(document, request, allows: true) is not null))
            return Decision.NotAllowed("session policy", request.Action);
        return Decision.Allowed(byIdentity ?? byResource);
    }

    /// <summary>All statements that allow a request, for who wants to know which of them it takes.</summary>
    public IEnumerable<PolicyStatement> Allowing(AccessRequest request) => (Identity ?? []).SelectMany(document => document.Statements
        .Where(statement => statement.Allows && statement.Applies(request, document.HasVariables)));

    private IEnumerable<(string Kind, PolicyDocument Document, bool IsOfResource)> All()
    {
        foreach (var document in Identity ?? [])
            yield return ("identity-based policy", document, false);
        if (Boundary is not null)
            yield return ("permissions boundary", Boundary, false);
        foreach (var document in Session)
            yield return ("session policy", document, false);
        if (Resource is not null)
            yield return ("resource-based policy", Resource, true);
    }

    private PolicyStatement? Find(PolicyDocument document, AccessRequest request, bool allows, bool isOfResource = false) =>
        document.Statements.FirstOrDefault(statement => statement.Allows == allows && (!isOfResource || IsNamed(statement))
            && statement.Applies(request, document.HasVariables));
}
