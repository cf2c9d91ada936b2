using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Managed;
using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Ec2.Sharing;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2;

/// <summary>Amazon EC2, resource by resource.</summary>
public sealed class Ec2Engine
{
    private readonly Cloud _cloud;

    internal Ec2Engine(Cloud cloud)
    {
        _cloud = cloud;
        Managed = new(cloud, this);
        Networks = new(cloud, this);
        NetworkAcls = new(cloud, this);
        RouteTables = new(cloud, this);
        PeeringConnections = new(cloud, this);
        VpcEndpoints = new(cloud, this);
        SecurityGroups = new(cloud, this);
        NetworkInterfaces = new(cloud, this);
        RequesterManaged = new(cloud, this);
        Hosts = new(this);
        SharedVpcs = new(cloud, this);
        Instances = new(cloud, this);
        Filters = new(cloud, this);
        Targets = new(cloud, this);
        Sessions = new(cloud, this);
        Tables =
        [
            Networks.VpcTable, Networks.SubnetTable, Networks.AclTable, RouteTables.Table, PeeringConnections.Table, VpcEndpoints.Table,
            VpcEndpoints.ServiceTable, SecurityGroups.Table, NetworkInterfaces.Table, Instances.Table, Filters.Table, Filters.RuleTable,
            Targets.Table, Sessions.Table,
        ];
        Tags = new(cloud, Tables);
        Networks.AddDefaultVpc();
    }

    /// <summary>What service providers manage in the account.</summary>
    public ManagedResources Managed { get; }

    /// <summary>VPCs, subnets, network ACLs and zones.</summary>
    public Networks Networks { get; }

    /// <summary>Changes of network ACLs.</summary>
    public NetworkAcls NetworkAcls { get; }

    public RouteTables RouteTables { get; }

    /// <summary>VPC peering connections.</summary>
    public PeeringConnections PeeringConnections { get; }

    /// <summary>Gateway Load Balancer endpoints and the services behind them.</summary>
    public VpcEndpoints VpcEndpoints { get; }

    public SecurityGroups SecurityGroups { get; }

    public NetworkInterfaces NetworkInterfaces { get; }

    /// <summary>The interfaces that AWS services make for resources of their own.</summary>
    public RequesterManagedInterfaces RequesterManaged { get; }

    /// <summary>What is behind interfaces.</summary>
    internal InterfaceHosts Hosts { get; }

    /// <summary>What other accounts do in shared subnets.</summary>
    public SharedVpcs SharedVpcs { get; }

    public InstanceLifecycle Instances { get; }

    /// <summary>Traffic mirror filters and their rules.</summary>
    public TrafficMirrorFilters Filters { get; }

    /// <summary>Traffic mirror targets.</summary>
    public TrafficMirrorTargets Targets { get; }

    /// <summary>Traffic mirror sessions.</summary>
    public TrafficMirrorSessions Sessions { get; }

    /// <summary>The tags of all kinds of resource.</summary>
    public ResourceTags Tags { get; }

    /// <summary>Every kind of resource that can have tags.</summary>
    internal IReadOnlyList<ITable> Tables { get; }

    /// <summary>Launches instances, all or none; they are pending when this returns.</summary>
    public IReadOnlyList<Instance> RunInstances(LaunchRequest request) => Instances.Run(request);

    /// <summary>The error for a change to what another account owns, which this account sees because one of them shares a VPC.</summary>
    internal void CheckOwner(string ownerId)
    {
        if (ownerId != _cloud.Options.AccountId)
            throw Ec2Errors.AuthFailure();
    }
}
