using System.Globalization;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.LoadBalancing;

/// <summary>
/// Elastic Load Balancing as far as mirrored packets go through it: Network and Gateway Load Balancers, their listeners and members.
/// </summary>
public sealed class ElasticLoadBalancing
{
    private readonly Cloud _cloud;
    private readonly Random _ids;
    private readonly HashSet<string> _deleted = [];

    internal ElasticLoadBalancing(Cloud cloud)
    {
        _cloud = cloud;
        _ids = new(cloud.Options.Seed ^ 0x5eed_0009);
        LoadBalancers = new(cloud, "load-balancer", "arn");
        TargetGroups = new(cloud, this);
        Listeners = new(cloud, "listener", "arn", ("load-balancer-arn", listener => [listener.LoadBalancerArn]));
    }

    /// <summary>The target groups and their members.</summary>
    public TargetGroups TargetGroups { get; }

    internal Table<LoadBalancer> LoadBalancers { get; }

    internal Table<Listener> Listeners { get; }

    /// <summary>Creates a load balancer, active at once, with a node in each subnet.</summary>
    /// <param name="name">Its name, unique in the account and Region.</param>
    /// <param name="type"><c>network</c> or <c>gateway</c>.</param>
    /// <param name="subnetIds">The subnets, at most one in each zone.</param>
    /// <param name="securityGroups">The ids of its security groups; none for none.</param>
    /// <param name="scheme"><c>internal</c> or <c>internet-facing</c>, for a Network Load Balancer.</param>
    /// <param name="tags">Its tags.</param>
    public LoadBalancer CreateLoadBalancer(
        string name, string type, IReadOnlyList<string> subnetIds, IReadOnlyList<string>? securityGroups = null,
        string scheme = "internet-facing", IReadOnlyDictionary<string, string>? tags = null)
    {
        using (_cloud.Enter())
        {
            if (type is not ("network" or "gateway"))
                throw ElbErrors.NotEmulated($"A load balancer of type {type}");

            // "If you attempt to create multiple load balancers with the same settings, each call succeeds."
            if (LoadBalancers.Current.Values.FirstOrDefault(other => other.Name == name) is { } same)
            {
                var isSame = same.Type == type && same.Nodes.Select(node => node.SubnetId).Order().SequenceEqual(subnetIds.Order())
                    && same.SecurityGroups.Order().SequenceEqual((securityGroups ?? []).Order());
                return isSame ? same : throw ElbErrors.DuplicateLoadBalancer(name);
            }

            if (subnetIds.Count == 0)
                throw ElbErrors.Validation("At least one subnet must be specified");
            var subnets = subnetIds.Select(id => _cloud.Ec2.Networks.SubnetTable.Find(id) ?? throw ElbErrors.SubnetNotFound(id)).ToList();
            var hasTwoInAZone = subnets.DistinctBy(subnet => subnet.Zone).Count() < subnets.Count;
            if (hasTwoInAZone || subnets.Exists(subnet => subnet.VpcId != subnets[0].VpcId))
                throw ElbErrors.InvalidConfiguration("The subnets must be of one VPC, and of one Availability Zone each");
            CheckGroups(securityGroups ?? []);
            var path = $"{(type == "network" ? "net" : "gwy")}/{name}/{NewDigits()}";
            return LoadBalancers.Put(new LoadBalancer
            {
                Id = _cloud.Arn("elasticloadbalancing", $"loadbalancer/{path}"), Name = name, Type = type,
                Scheme = type == "network" ? scheme : null, VpcId = subnets[0].VpcId, SecurityGroups = securityGroups ?? [],
                CreatedTime = _cloud.Now, Tags = TagRules.Checked(tags),
                Attributes = new Dictionary<string, string>
                {
                    ["deletion_protection.enabled"] = "false", [LoadBalancer.CrossZone] = "false",
                },
                Nodes = [.. subnets.Select(subnet => NodeIn(subnet, type, path))],
            });
        }
    }

    /// <summary>Deletes a load balancer, its nodes and its listeners. It is no error when it is gone already.</summary>
    public void DeleteLoadBalancer(string arn)
    {
        using (_cloud.Enter())
        {
            if (LoadBalancers.Find(arn) is not { } loadBalancer)
                return;
            if (_cloud.Ec2.VpcEndpoints.Serves(arn))
                throw ElbErrors.LoadBalancerInUse(arn);
            Listeners.Where("load-balancer-arn", arn).ForEach(listener => Listeners.Remove(listener.Id));
            foreach (var node in loadBalancer.Nodes)
                _cloud.Ec2.NetworkInterfaces.Drop(node.NetworkInterfaceId);
            LoadBalancers.Remove(arn);
            _deleted.Add(arn);
        }
    }

    /// <summary>Sets attributes of a load balancer, for example <c>load_balancing.cross_zone.enabled</c>.</summary>
    public LoadBalancer SetAttributes(string arn, IReadOnlyDictionary<string, string> attributes)
    {
        using (_cloud.Enter())
        {
            var before = Get(arn);
            if (attributes.Keys.FirstOrDefault(key => !before.Attributes.ContainsKey(key)) is { } unknown)
                throw ElbErrors.InvalidConfiguration($"Load balancer attribute key '{unknown}' is not recognized");
            var after = new Dictionary<string, string>(before.Attributes);
            foreach (var (key, value) in attributes)
                after[key] = value;
            return LoadBalancers.Put(before with { Attributes = after });
        }
    }

    /// <summary>Replaces the security groups of a load balancer that was made with some.</summary>
    public LoadBalancer SetSecurityGroups(string arn, IReadOnlyList<string> groupIds)
    {
        using (_cloud.Enter())
        {
            var before = Get(arn);
            // "You can't associate security groups with a Network Load Balancer if there were none when you created it."
            if (before.SecurityGroups.Count == 0 || groupIds.Count == 0)
                throw ElbErrors.InvalidConfiguration("The load balancer was created without security groups, or would be left without any");
            CheckGroups(groupIds);
            return LoadBalancers.Put(before with { SecurityGroups = groupIds });
        }
    }

    /// <summary>Creates a listener. A Gateway Load Balancer's has neither protocol nor port.</summary>
    public Listener CreateListener(string loadBalancerArn, string targetGroupArn, string? protocol = null, int? port = null)
    {
        using (_cloud.Enter())
        {
            var (loadBalancer, group) = (Get(loadBalancerArn), TargetGroups.Get(targetGroupArn));
            var isGateway = loadBalancer.Type == "gateway";
            if (isGateway != (group.Protocol == "GENEVE"))
                throw ElbErrors.OtherGroup(targetGroupArn, loadBalancerArn);
            if (isGateway ? protocol is not null || port is not null : protocol is null || port is null)
                throw ElbErrors.ListenerPorts(isGateway);
            if (Listeners.Where("load-balancer-arn", loadBalancerArn).Exists(other => other.Port == port))
                throw ElbErrors.DuplicateListener();
            return Listeners.Put(new Listener
            {
                Id = _cloud.Arn("elasticloadbalancing", $"listener/{loadBalancer.Path}/{NewDigits()}"), LoadBalancerArn = loadBalancerArn,
                Protocol = protocol, Port = port, TargetGroupArn = targetGroupArn,
            });
        }
    }

    /// <summary>Deletes a listener.</summary>
    public void DeleteListener(string arn)
    {
        using (_cloud.Enter())
        {
            _ = Listeners.Find(arn) ?? throw ElbErrors.ListenerNotFound();
            Listeners.Remove(arn);
        }
    }

    internal LoadBalancer Get(string arn) => LoadBalancers.Find(arn) ?? throw ElbErrors.LoadBalancerNotFound(arn);

    internal List<Listener> ListenersOf(string loadBalancerArn) => Listeners.Where("load-balancer-arn", loadBalancerArn);

    /// <summary>The load balancers that forward to a group.</summary>
    internal IReadOnlyList<LoadBalancer> UsersOf(string groupArn) =>
    [
        .. Listeners.Current.Values.Where(listener => listener.TargetGroupArn == groupArn)
            .Select(listener => listener.LoadBalancerArn).Distinct().Select(LoadBalancers.Find).OfType<LoadBalancer>(),
    ];

    /// <summary>Whether a load balancer was here, and is not any more. One that never was belongs to somebody else.</summary>
    internal bool WasDeleted(string arn) => _deleted.Contains(arn);

    /// <summary>The end of an ARN.</summary>
    internal string NewDigits() => _ids.NextInt64().ToString("x16", CultureInfo.InvariantCulture);

    private LoadBalancerNode NodeIn(Subnet subnet, string type, string path)
    {
        var networkInterface = _cloud.Ec2.RequesterManaged.Create(
            RequesterManagedInterface.OfNetworkLoadBalancer(subnet.Id, path) with
            {
                InterfaceType = type == "network" ? "network_load_balancer" : "gateway_load_balancer",
                Description = $"ELB {path}",
            });
        return new(subnet.Zone, subnet.Id, networkInterface.Id);
    }

    private void CheckGroups(IReadOnlyList<string> groupIds)
    {
        if (groupIds.FirstOrDefault(id => _cloud.Ec2.SecurityGroups.Table.Find(id) is null) is { } unknown)
            throw ElbErrors.InvalidSecurityGroup(unknown);
    }
}
