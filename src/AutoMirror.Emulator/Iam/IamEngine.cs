namespace AutoMirror.Emulator.Iam;

/// <summary>Identity and Access Management: roles and managed policies. Users exist only as the account's administrator.</summary>
public sealed class IamEngine
{
    internal IamEngine(Cloud cloud)
    {
        Policies = new(cloud);
        Roles = new(cloud, Policies);
    }

    public Roles Roles { get; }

    public ManagedPolicies Policies { get; }
}
