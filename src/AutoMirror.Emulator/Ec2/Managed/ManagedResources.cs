using AutoMirror.Emulator.Ec2.Instances;

namespace AutoMirror.Emulator.Ec2.Managed;

/// <summary>
/// Instances, and their interfaces, that a service provider such as EKS Auto Mode manages in this account ("Amazon EC2 managed
/// instances" in the EC2 User Guide). The account cannot change or terminate them; what the provider does with them is here.
/// </summary>
public sealed class ManagedResources
{
    private readonly Cloud _cloud;
    private readonly Ec2Engine _ec2;

    internal ManagedResources(Cloud cloud, Ec2Engine ec2)
    {
        _cloud = cloud;
        _ec2 = ec2;
        Visibility = cloud.Options.ManagedResourceVisibility;
    }

    /// <summary>The account's setting, for all its managed resources in the Region, whenever they were made.</summary>
    public ManagedVisibility Visibility { get; private set; }

    /// <summary>Changes the account's setting.</summary>
    public void SetVisibility(ManagedVisibility visibility)
    {
        using (_cloud.Enter())
            Visibility = visibility;
    }

    /// <summary>Launches managed instances, as their provider does; the account's own RunInstances can't.</summary>
    public IReadOnlyList<Instance> Launch(string principal, LaunchRequest request) =>
        _ec2.RunInstances(request with { Operator = new(principal) });

    /// <summary>Starts stopped instances, as their provider does.</summary>
    public IReadOnlyList<InstanceStateChange> Start(params IReadOnlyList<string> ids) => _ec2.Instances.Start(ids, byOperator: true);

    /// <summary>Stops instances, as their provider does.</summary>
    public IReadOnlyList<InstanceStateChange> Stop(params IReadOnlyList<string> ids) => _ec2.Instances.Stop(ids, byOperator: true);

    /// <summary>Terminates instances, as their provider does.</summary>
    public IReadOnlyList<InstanceStateChange> Terminate(params IReadOnlyList<string> ids) =>
        _ec2.Instances.Terminate(ids, byOperator: true);

    /// <summary>
    /// Whether the account's setting hides what an operator manages. "Direct queries with known instance IDs return results regardless
    /// of visibility settings. Visibility settings only affect list and filter operations."
    /// </summary>
    internal bool Hides(Operator? manager) => manager is not null && Visibility == ManagedVisibility.Hidden;

    /// <summary>"You can't directly modify the settings of a managed instance or terminate it." Tags can be changed.</summary>
    internal static void CheckChange(Operator? manager, string resource)
    {
        if (manager is not null)
            throw Ec2Errors.ManagedByOperator(manager.Principal, resource);
    }
}
