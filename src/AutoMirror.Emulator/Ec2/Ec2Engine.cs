using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2;

/// <summary>Amazon EC2, resource by resource.</summary>
public sealed class Ec2Engine
{
    internal Ec2Engine(Cloud cloud)
    {
        Networks = new(cloud);
        SecurityGroups = new(cloud, this);
        NetworkInterfaces = new(cloud, this);
        Instances = new(cloud, this);
        Filters = new(cloud, this);
        Targets = new(cloud, this);
        Sessions = new(cloud, this);
        Tables =
        [
            Networks.VpcTable, Networks.SubnetTable, Networks.AclTable, SecurityGroups.Table, NetworkInterfaces.Table, Instances.Table,
            Filters.Table, Filters.RuleTable, Targets.Table, Sessions.Table,
        ];
        Tags = new(cloud, Tables);
        Networks.Furnish(this);
    }

    /// <summary>VPCs, subnets, network ACLs, zones.</summary>
    public Networks Networks { get; }

    /// <summary>Security groups.</summary>
    public SecurityGroups SecurityGroups { get; }

    /// <summary>Network interfaces.</summary>
    public NetworkInterfaces NetworkInterfaces { get; }

    /// <summary>Instances.</summary>
    public InstanceLifecycle Instances { get; }

    /// <summary>Traffic mirror filters and their rules.</summary>
    public TrafficMirrorFilters Filters { get; }

    /// <summary>Traffic mirror targets.</summary>
    public TrafficMirrorTargets Targets { get; }

    /// <summary>Traffic mirror sessions.</summary>
    public TrafficMirrorSessions Sessions { get; }

    /// <summary>Tags, over all kinds.</summary>
    public ResourceTags Tags { get; }

    internal IReadOnlyList<ITable> Tables { get; }

    /// <summary>Launches instances.</summary>
    public IReadOnlyList<Instance> RunInstances(LaunchRequest request) => Instances.Run(request);
}
