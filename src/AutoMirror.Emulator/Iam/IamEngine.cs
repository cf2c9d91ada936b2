namespace AutoMirror.Emulator.Iam;

/// <summary>Identity and Access Management: roles and managed policies. Users exist only as the account's administrator.</summary>
public sealed class IamEngine
{
    private readonly Cloud _cloud;
    private readonly List<AccessDecision> _decisions = [];

    internal IamEngine(Cloud cloud)
    {
        _cloud = cloud;
        Policies = new(cloud);
        Roles = new(cloud, Policies);
    }

    public Roles Roles { get; }

    public ManagedPolicies Policies { get; }

    /// <summary>Every question that sessions of roles put to their policies, in order.</summary>
    public IReadOnlyList<AccessDecision> Decisions => _cloud.InTurn(() => _decisions.ToList());

    internal void Record(AccessDecision decision) => _decisions.Add(decision);
}
