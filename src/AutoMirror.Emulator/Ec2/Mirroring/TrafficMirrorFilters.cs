using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>Traffic mirror filters and their rules.</summary>
public sealed class TrafficMirrorFilters
{
    private const int HighestRuleNumber = 32766;

    private readonly Cloud _cloud;
    private readonly Ec2Engine _ec2;
    private readonly Describing<TrafficMirrorFilter> _describing;
    private readonly Describing<TrafficMirrorFilterRule> _describingRules;

    internal TrafficMirrorFilters(Cloud cloud, Ec2Engine ec2)
    {
        _cloud = cloud;
        _ec2 = ec2;
        Table = new(cloud, "traffic-mirror-filter", "tmf");
        RuleTable = new(cloud, "traffic-mirror-filter-rule", "tmfr", ("traffic-mirror-filter-id", rule => [rule.FilterId]));
        _describing = new(Table, Filters, ids => Ec2Errors.FilterNotFound(ids[0])) { IdFilter = "traffic-mirror-filter-id" };
        _describingRules = new(
            RuleTable, RuleFilters, ids => Ec2Errors.FilterRuleNotFound(ids[0]))
        { IdFilter = "traffic-mirror-filter-rule-id" };
    }

    internal Table<TrafficMirrorFilter> Table { get; }

    internal Table<TrafficMirrorFilterRule> RuleTable { get; }

    /// <summary>Creates a filter, which without rules mirrors nothing.</summary>
    public TrafficMirrorFilter Create(string? description = null, IReadOnlyDictionary<string, string>? tags = null)
    {
        using (_cloud.Enter())
        {
            if (Table.Count >= _cloud.Options.Quotas.FiltersPerAccount)
                throw Ec2Errors.FilterLimitReached();
            return Table.Put(new TrafficMirrorFilter
            {
                Id = _cloud.Seeded.Id("tmf"), Description = description,
                Tags = TagRules.Checked(tags)
            });
        }
    }

    /// <summary>Deletes a filter that no session uses, and its rules with it.</summary>
    public void Delete(string id)
    {
        using (_cloud.Enter())
        {
            _ = Get(id);
            if (_ec2.Sessions.Table.Where("traffic-mirror-filter-id", id) is [var session, ..])
                throw Ec2Errors.FilterInUse(id, session.Id);
            RuleTable.Where("traffic-mirror-filter-id", id).ForEach(rule => RuleTable.Remove(rule.Id));
            Table.Remove(id);
        }
    }

    /// <summary>Adds and removes network services, of which there is one: <c>amazon-dns</c>.</summary>
    public TrafficMirrorFilter ModifyNetworkServices(string id, IReadOnlyList<string> add, IReadOnlyList<string> remove)
    {
        using (_cloud.Enter())
        {
            var filter = Get(id);
            foreach (var service in add.Concat(remove))
            {
                if (service != "amazon-dns")
                    throw Ec2Errors.NotOneOf("NetworkService", service, ["amazon-dns"]);
            }

            return Table.Put(filter with { NetworkServices = [.. filter.NetworkServices.Union(add).Except(remove)] });
        }
    }

    /// <summary>Adds a rule; its id is EC2's to choose.</summary>
    public TrafficMirrorFilterRule CreateRule(
        string filterId, string direction, int ruleNumber, string action, string sourceCidrBlock, string destinationCidrBlock,
        int? protocol = null, PortRange? sourcePorts = null, PortRange? destinationPorts = null, string? description = null,
        IReadOnlyDictionary<string, string>? tags = null)
    {
        using (_cloud.Enter())
        {
            _ = Get(filterId);
            var rule = Checked(new TrafficMirrorFilterRule
            {
                Id = "", FilterId = filterId, Direction = direction, RuleNumber = ruleNumber, Action = action, Protocol = protocol,
                SourceCidrBlock = sourceCidrBlock, DestinationCidrBlock = destinationCidrBlock, SourcePorts = sourcePorts,
                DestinationPorts = destinationPorts, Description = description, Tags = TagRules.Checked(tags),
            });
            if (RuleTable.Where("traffic-mirror-filter-id", filterId).Count >= _cloud.Options.Quotas.RulesPerFilter)
                throw Ec2Errors.FilterRuleLimitExceeded();
            return RuleTable.Put(rule with { Id = _cloud.Seeded.Id("tmfr") });
        }
    }

    /// <summary>Changes a rule; <paramref name="removeFields"/> sets fields back to their defaults.</summary>
    public TrafficMirrorFilterRule ModifyRule(
        string id, Func<TrafficMirrorFilterRule, TrafficMirrorFilterRule> change, params IReadOnlyList<string> removeFields)
    {
        using (_cloud.Enter())
        {
            var rule = GetRule(id);
            foreach (var field in removeFields)
            {
                rule = field switch
                {
                    "destination-port-range" => rule with { DestinationPorts = null },
                    "source-port-range" => rule with { SourcePorts = null },
                    "protocol" => rule with { Protocol = null },
                    "description" => rule with { Description = null },
                    _ => throw Ec2Errors.NotOneOf(
                        "RemoveField", field, ["destination-port-range", "source-port-range", "protocol", "description"]),
                };
            }

            return RuleTable.Put(Checked(change(rule)));
        }
    }

    /// <summary>Deletes a rule.</summary>
    public void DeleteRule(string id)
    {
        using (_cloud.Enter())
            RuleTable.Remove(GetRule(id).Id);
    }

    /// <summary>Describes filters.</summary>
    public Page<TrafficMirrorFilter> Describe(Query query)
    {
        using (_cloud.Enter())
            return _describing.Page(query);
    }

    /// <summary>Describes rules.</summary>
    public Page<TrafficMirrorFilterRule> DescribeRules(Query query)
    {
        using (_cloud.Enter())
            return _describingRules.Page(query);
    }

    /// <summary>A filter's rules in one direction, as they are seen, in the order in which they apply.</summary>
    public IReadOnlyList<TrafficMirrorFilterRule> RulesOf(string filterId, string direction)
    {
        using (_cloud.Enter())
        {
            return [.. RuleTable.Shown.IdsWhere("traffic-mirror-filter-id", filterId).Select(id => RuleTable.Shown.Find(id)!)
                .Where(rule => rule.Direction == direction).OrderBy(rule => rule.RuleNumber)];
        }
    }

    internal TrafficMirrorFilter Get(string id) => Table.Find(id) ?? throw Ec2Errors.FilterNotFound(id);

    private TrafficMirrorFilterRule GetRule(string id) => RuleTable.Find(id) ?? throw Ec2Errors.FilterRuleNotFound(id);

    private TrafficMirrorFilterRule Checked(TrafficMirrorFilterRule rule)
    {
        OneOf("TrafficDirection", rule.Direction, "ingress", "egress");
        OneOf("RuleAction", rule.Action, "accept", "reject");
        Within("RuleNumber", rule.RuleNumber, 1, HighestRuleNumber);
        Within("Protocol", rule.Protocol, 0, 255);
        foreach (var ports in new[] { rule.SourcePorts, rule.DestinationPorts }.OfType<PortRange>())
        {
            Within("FromPort", ports.From, 0, 65535);
            Within("ToPort", ports.To, 0, 65535);
            if (ports.From > ports.To)
                throw Ec2Errors.InvalidParameterValue($"Invalid port range: {ports.From}-{ports.To}");
        }

        // "DestinationCidrBlock and SourceCidrBlock must both be an IPv4 range or an IPv6 range."
        if (FamilyOf("SourceCidrBlock", rule.SourceCidrBlock) != FamilyOf("DestinationCidrBlock", rule.DestinationCidrBlock))
            throw Ec2Errors.InvalidParameterValue("DestinationCidrBlock and SourceCidrBlock must both be an IPv4 range or an IPv6 range.");
        // "This number must be unique for each Traffic Mirror rule in a given direction."
        if (RuleTable.Where("traffic-mirror-filter-id", rule.FilterId)
            .Exists(other => other.Id != rule.Id && other.Direction == rule.Direction && other.RuleNumber == rule.RuleNumber))
        {
            throw Ec2Errors.FilterRuleAlreadyExists();
        }

        return rule;
    }

    private static AddressFamily FamilyOf(string name, string block) => IPNetwork.TryParse(block, out var range)
        ? range.BaseAddress.AddressFamily
        : throw Ec2Errors.InvalidParameterValue($"Value ({block}) for parameter {name} is invalid. This is not a valid CIDR block.");

    private static void OneOf(string name, string value, params string[] values)
    {
        if (!values.Contains(value))
            throw Ec2Errors.NotOneOf(name, value, values);
    }

    private static void Within(string name, int? value, int least, int most)
    {
        if (value is { } number && (number < least || number > most))
            throw Ec2Errors.OutOfRange(name, number, least, most);
    }

    private static FilterCatalogue<TrafficMirrorFilter> Filters { get; } = new FilterCatalogue<TrafficMirrorFilter>()
        .With("description", filter => filter.Description)
        .With("traffic-mirror-filter-id", filter => filter.Id);

    private static FilterCatalogue<TrafficMirrorFilterRule> RuleFilters { get; } = new FilterCatalogue<TrafficMirrorFilterRule>()
        .With("traffic-mirror-filter-rule-id", rule => rule.Id)
        .With("traffic-mirror-filter-id", rule => rule.FilterId)
        .With("rule-number", rule => rule.RuleNumber.ToString(CultureInfo.InvariantCulture))
        .With("rule-action", rule => rule.Action)
        .With("traffic-direction", rule => rule.Direction)
        .With("protocol", rule => rule.Protocol?.ToString(CultureInfo.InvariantCulture))
        .With("source-cidr-block", rule => rule.SourceCidrBlock)
        .With("destination-cidr-block", rule => rule.DestinationCidrBlock)
        .With("description", rule => rule.Description);
}
