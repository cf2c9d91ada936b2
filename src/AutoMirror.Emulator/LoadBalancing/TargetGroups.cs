using System.Net;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.LoadBalancing;

/// <summary>Target groups, their members, and how healthy those are.</summary>
public sealed class TargetGroups
{
    private readonly Cloud _cloud;
    private readonly ElasticLoadBalancing _balancing;

    internal TargetGroups(Cloud cloud, ElasticLoadBalancing balancing)
    {
        _cloud = cloud;
        _balancing = balancing;
        Table = new(cloud, "target-group", "arn");
        Members = new(cloud, balancing);
    }

    internal Table<TargetGroup> Table { get; }

    internal Members Members { get; }

    /// <summary>Creates a target group without members.</summary>
    public TargetGroup Create(
        string name, string protocol, int port, string vpcId, string targetType = "instance", HealthCheck? healthCheck = null,
        IReadOnlyDictionary<string, string>? tags = null)
    {
        using (_cloud.Enter())
        {
            _ = _cloud.Ec2.Networks.VpcTable.Find(vpcId) ?? throw ElbErrors.Validation($"The VPC ID '{vpcId}' is not found");
            if (Table.Current.Values.FirstOrDefault(other => other.Name == name) is { } same)
            {
                return (same.Protocol, same.Port, same.VpcId, same.TargetType) == (protocol, port, vpcId, targetType)
                    ? same
                    : throw ElbErrors.DuplicateTargetGroup(name);
            }

            return Table.Put(new TargetGroup
            {
                Id = _cloud.Arn("elasticloadbalancing", $"targetgroup/{name}/{_balancing.NewDigits()}"), Name = name,
                Protocol = protocol, Port = port, VpcId = vpcId, TargetType = targetType, Tags = TagRules.Checked(tags),
                HealthCheck = healthCheck ?? new("TCP", protocol == "GENEVE" ? "80" : "traffic-port", 30, 10, 5, 2, null),
            });
        }
    }

    /// <summary>Deletes a target group that no listener forwards to.</summary>
    public void Delete(string arn)
    {
        using (_cloud.Enter())
        {
            if (_balancing.Listeners.Current.Values.Any(listener => listener.TargetGroupArn == arn))
                throw ElbErrors.TargetGroupInUse(arn);
            Table.Remove(arn);
        }
    }

    /// <summary>Adds members: instances of the group's VPC that run, or addresses.</summary>
    public void Register(string arn, params IReadOnlyList<RegisteredTarget> targets)
    {
        using (_cloud.Enter())
        {
            var group = Get(arn);
            var wrong = targets.Select(target => target.Id).Where(id => !CanBeMember(group, id)).ToList();
            if (wrong.Count > 0)
                throw ElbErrors.InvalidTargets(wrong);
            Table.Put(group with { Targets = [.. group.Targets.Concat(targets).Distinct()] });
        }
    }

    /// <summary>Removes members.</summary>
    public void Deregister(string arn, params IReadOnlyList<string> targetIds)
    {
        using (_cloud.Enter())
        {
            var group = Get(arn);
            Table.Put(group with { Targets = [.. group.Targets.Where(target => !targetIds.Contains(target.Id))] });
        }
    }

    /// <summary>The members of a group, and whether each gets traffic.</summary>
    public IReadOnlyList<TargetHealth> HealthOf(string arn)
    {
        using (_cloud.Enter())
        {
            var group = Get(arn);
            return [.. group.Targets.Select(target => Members.HealthOf(group, target))];
        }
    }

    /// <summary>Says how healthy a member is from now on, whatever its instance does; null lets its instance decide again.</summary>
    public void SetHealth(string arn, string targetId, string? state)
    {
        using (_cloud.Enter())
            Members.Say(Get(arn), targetId, state);
    }

    internal TargetGroup Get(string arn) => Table.Find(arn) ?? throw ElbErrors.TargetGroupNotFound();

    private bool CanBeMember(TargetGroup group, string id) => group.TargetType == "ip"
        ? IPAddress.TryParse(id, out _)
        : _cloud.Ec2.Instances.Table.Find(id) is { State: InstanceState.Running } instance && instance.VpcId == group.VpcId;
}
