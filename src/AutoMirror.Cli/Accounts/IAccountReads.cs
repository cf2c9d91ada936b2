using Amazon.EC2.Model;

namespace AutoMirror.Cli.Accounts;

/// <summary>What the verbs that only read ask of an account: as it is in AWS, or as somebody recorded it.</summary>
/// <remarks>What can't be read is a <see cref="CommandException"/> that says which and why.</remarks>
internal interface IAccountReads : IDisposable
{
    /// <summary>Every mirror session, whoever made it.</summary>
    Task<IReadOnlyList<TrafficMirrorSession>> SessionsAsync(CancellationToken cancellationToken);

    /// <summary>Those of the interfaces that are there.</summary>
    Task<IReadOnlyList<NetworkInterface>> NetworkInterfacesAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Those of the instances that are there.</summary>
    Task<IReadOnlyList<Instance>> InstancesAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Those of the mirror filters that are there.</summary>
    Task<IReadOnlyList<TrafficMirrorFilter>> FiltersAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Those of the mirror targets that are there, and can be seen.</summary>
    Task<IReadOnlyList<TrafficMirrorTarget>> TargetsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Those of the security groups that are there.</summary>
    Task<IReadOnlyList<SecurityGroup>> SecurityGroupsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Those of the VPCs that are there.</summary>
    Task<IReadOnlyList<Vpc>> VpcsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);
}
