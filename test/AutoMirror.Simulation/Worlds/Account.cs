using AutoMirror.Emulator;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Simulation.Worlds;

/// <summary>The account as it is at first: sensors, filters, parameters; and how the operator changes them.</summary>
internal sealed class Account
{
    private readonly Cloud _cloud;
    private int _targets;

    public Account(Cloud cloud, Random random)
    {
        _cloud = cloud;
        Subnets = [.. cloud.Ec2.Networks.SubnetTable.Current.Values.OrderBy(subnet => subnet.Zone.Name, StringComparer.Ordinal)];
        var ipv6 = cloud.Ec2.Networks.CreateVpc("10.9.0.0/16", ipv6: true);
        Ipv6Subnet = cloud.Ec2.Networks.CreateSubnet(
            ipv6.Id, null, ipv6CidrBlock: ipv6.Ipv6CidrBlock!.Replace("/56", "/64", StringComparison.Ordinal));
        Filters = [NewFilter("ingress", "egress"), NewFilter("ingress", "egress")];
        ForeignFilter = NewFilter("ingress");
        ForeignTarget = NewLoadBalancerTarget();
        var targets = Enumerable.Range(0, random.Next(2, 5)).Select(_ => NewTarget(random)).ToList();
        Setting = new Setting
        {
            FilterId = Filters[0],
            Sensors = new SortedDictionary<string, IReadOnlyList<string>>
            {
                ["default"] = [.. targets.Take(random.Next(1, 3))],
                ["ids"] = [targets[^1]],
            },
            SensorTags = random.Next(4) == 0,
            Findings = random.Next(3) == 0 ? new FindingRule(7, random.Next(2) == 0 ? "default" : "ids", random.Next(1, 4)) : null,
            Limits = random.Next(4) == 0 ? new BlastRadius(random.Next(4), random.Next(60), random.Next(4)) : null,
        };

        // So many sensors that Parameter Store tells of them in pages of ten.
        if (random.Next(4) == 0)
        {
            var extra = Enumerable.Range(1, 12)
                .Select(number => KeyValuePair.Create($"extra{number}", (IReadOnlyList<string>)[targets[number % targets.Count]]));
            Setting =
                Setting with
                {
                    Sensors = new SortedDictionary<string,
                    IReadOnlyList<string>>(Setting.Sensors.Concat(extra).ToDictionary()),
                };
        }

        Write(Setting);
    }

    public IReadOnlyList<Subnet> Subnets { get; }

    public Subnet Ipv6Subnet { get; }

    public IReadOnlyList<string> Filters { get; }

    public string ForeignFilter { get; }

    public string ForeignTarget { get; }

    public Setting Setting { get; private set; }

    /// <summary>Every finding so far.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Puts a setting into Parameter Store: only the parameters that differ.</summary>
    public void Write(Setting setting)
    {
        Put("filter", setting.FilterId);
        Put("policy", setting.PolicyJson());
        foreach (var (sensor, targets) in setting.Sensors)
            Put($"targets/{sensor}", targets.Count == 0 ? "," : string.Join(',', targets));
        foreach (var gone in Setting?.Sensors.Keys.Except(setting.Sensors.Keys) ?? [])
            _cloud.Ssm.Delete($"/automirror/targets/{gone}");
        Setting = setting;
    }

    /// <summary>Sensors that are never full, and no limits: both leave something to the next sweep.</summary>
    public void LeaveNothingToSweeps()
    {
        var sensors = Setting.Sensors.Keys.ToDictionary(name => name, _ => (IReadOnlyList<string>)[NewLoadBalancerTarget()]);
        Write(
            Setting with
            {
                Limits = null,
                SensorTags = false,
                Findings = null,
                Sensors = new SortedDictionary<string,
                IReadOnlyList<string>>(sensors),
            });
    }

    /// <summary>A sensor's host with its capture interface, or a load balancer.</summary>
    public string NewTarget(Random random)
    {
        if (random.Next(3) == 0)
            return NewLoadBalancerTarget();
        var type = random.Next(5) == 0 ? "c5.24xlarge" : "c5.xlarge";
        var subnet = Subnets[random.Next(Subnets.Count)];
        var host = _cloud.Ec2.RunInstances(new LaunchRequest
        {
            InstanceType = type,
            NetworkInterfaces = [new() { DeviceIndex = 0, SubnetId = subnet.Id }, new() { DeviceIndex = 1, SubnetId = subnet.Id }],
            Tags = random.Next(2) == 0 ? new Dictionary<string, string> { ["Mirror"] = "true" } : null,
        })[0];
        return _cloud.Ec2.Targets.Create(
            networkInterfaceId: _cloud.Ec2.Instances.InterfacesOf(host.Id).Single(each => each.Attachment!.DeviceIndex == 1).Id).Id;
    }

    public string NewLoadBalancerTarget() => _cloud.Ec2.Targets.Create(
        networkLoadBalancerArn: $"arn:aws:elasticloadbalancing:{_cloud.Options.Region}:{_cloud.Options.AccountId}:"
            + $"loadbalancer/net/sensor-{++_targets}/0123456789abcdef").Id;

    private string NewFilter(params ReadOnlySpan<string> directions)
    {
        var filter = _cloud.Ec2.Filters.Create().Id;
        foreach (var direction in directions)
            _cloud.Ec2.Filters.CreateRule(filter, direction, 100, "accept", "0.0.0.0/0", "0.0.0.0/0", null, null, null, null, null);
        return filter;
    }

    private void Put(string name, string value)
    {
        if (_cloud.Ssm.Find($"/automirror/{name}")?.Value != value)
            _cloud.Ssm.Put($"/automirror/{name}", value, "String", overwrite: true);
    }
}
