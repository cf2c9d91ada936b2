using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>Traffic mirror filters and their rules.</summary>
public sealed class TrafficMirrorFilters : ResourceKind<TrafficMirrorFilter>
{
    private const string DnsService = "amazon-dns";

    private readonly Describing<TrafficMirrorFilterRule> _describingRules;

    internal TrafficMirrorFilters(Cloud cloud, Ec2Engine ec2) : base(
        cloud, ec2, new(new(cloud, "traffic-mirror-filter", "tmf"), Catalogue, Ec2Errors.FilterNotFound))
    {
        RuleTable = new(cloud, "traffic-mirror-filter-rule", "tmfr", ("traffic-mirror-filter-id", rule => [rule.FilterId]));
        _describingRules = new(RuleTable, RuleCatalogue, Ec2Errors.FilterRuleNotFound);
    }

    internal Table<TrafficMirrorFilterRule> RuleTable { get; }

    /// <summary>Creates a filter, which mirrors nothing until it has rules.</summary>
    public TrafficMirrorFilter Create(string? description = null, IReadOnlyDictionary<string, string>? tags = null)
    {
        using (Cloud.Enter())
        {
            if (Table.Count >= Cloud.Options.Quotas.FiltersPerAccount)
                throw Ec2Errors.MirrorFilterLimitExceeded();
            return Table.Put(new TrafficMirrorFilter
            {
                Id = Cloud.Seeded.Id("tmf"), Description = description, Tags = TagRules.Checked(tags),
            });
        }
    }

    /// <summary>Deletes a filter that no session uses, and its rules with it.</summary>
    public void Delete(string id)
    {
        using (Cloud.Enter())
        {
            _ = Get(id);
            if (Ec2.Sessions.Table.Where("traffic-mirror-filter-id", id) is [var session, ..])
                throw Ec2Errors.FilterInUse(id, session.Id);
            RuleTable.Where("traffic-mirror-filter-id", id).ForEach(rule => RuleTable.Remove(rule.Id));
            Table.Remove(id);
        }
    }

    /// <summary>Adds and removes network services; the only one that exists is <c>amazon-dns</c>.</summary>
    public TrafficMirrorFilter ModifyNetworkServices(string id, IReadOnlyList<string> add, IReadOnlyList<string> remove)
    {
        using (Cloud.Enter())
        {
            var filter = Get(id);
            foreach (var service in add.Concat(remove))
                Ranges.CheckOneOf("NetworkService", service, DnsService);
            return Table.Put(filter with { NetworkServices = [.. filter.NetworkServices.Union(add).Except(remove)] });
        }
    }

    /// <summary>Adds a rule to a filter.</summary>
    public TrafficMirrorFilterRule CreateRule(
        string filterId, string direction, int ruleNumber, string action, string sourceCidrBlock, string destinationCidrBlock,
        int? protocol = null, PortRange? sourcePorts = null, PortRange? destinationPorts = null, string? description = null,
        IReadOnlyDictionary<string, string>? tags = null)
    {
        using (Cloud.Enter())
        {
            _ = Get(filterId);
            var rule = Checked(new TrafficMirrorFilterRule
            {
                Id = "", FilterId = filterId, Direction = direction, RuleNumber = ruleNumber, Action = action, Protocol = protocol,
                SourceCidrBlock = sourceCidrBlock, DestinationCidrBlock = destinationCidrBlock, SourcePorts = sourcePorts,
                DestinationPorts = destinationPorts, Description = description, Tags = TagRules.Checked(tags),
            });
            if (RuleTable.Where("traffic-mirror-filter-id", filterId).Count >= Cloud.Options.Quotas.RulesPerFilter)
                throw Ec2Errors.FilterRuleLimitExceeded();
            return RuleTable.Put(rule with { Id = Cloud.Seeded.Id("tmfr") });
        }
    }

    /// <summary>
    /// Changes a rule. <paramref name="removeFields"/> sets fields back to their defaults: destination-port-range, source-port-range,
    /// protocol, description.
    /// </summary>
    public TrafficMirrorFilterRule ModifyRule(
        string id, Func<TrafficMirrorFilterRule, TrafficMirrorFilterRule> change, params IReadOnlyList<string> removeFields)
    {
        using (Cloud.Enter())
            return RuleTable.Put(Checked(change(removeFields.Aggregate(GetRule(id), FilterRuleLimits.Without))));
    }

    /// <summary>Deletes a rule.</summary>
    public void DeleteRule(string id)
    {
        using (Cloud.Enter())
            RuleTable.Remove(GetRule(id).Id);
    }

    /// <summary>Describes rules of all filters.</summary>
    public Page<TrafficMirrorFilterRule> DescribeRules(Query query) => _describingRules.Page(query);

    /// <summary>A filter's rules in one direction, as readers see them, in the order in which they apply.</summary>
    public IReadOnlyList<TrafficMirrorFilterRule> RulesOf(string filterId, string direction)
    {
        using (Cloud.Enter())
        {
            return [.. RuleTable.Shown.IdsWhere("traffic-mirror-filter-id", filterId).Select(id => RuleTable.Shown.Find(id)!)
                .Where(rule => rule.Direction == direction).OrderBy(rule => rule.RuleNumber)];
        }
    }

    private TrafficMirrorFilterRule GetRule(string id) => RuleTable.Find(id) ?? throw Ec2Errors.FilterRuleNotFound(id);

    private TrafficMirrorFilterRule Checked(TrafficMirrorFilterRule rule)
    {
        FilterRuleLimits.Check(rule);
        // "This number must be unique for each Traffic Mirror rule in a given direction."
        if (RuleTable.Where("traffic-mirror-filter-id", rule.FilterId)
            .Exists(other => other.Id != rule.Id && other.Direction == rule.Direction && other.RuleNumber == rule.RuleNumber))
        {
            throw Ec2Errors.FilterRuleAlreadyExists();
        }

        return rule;
    }

    private static FilterCatalogue<TrafficMirrorFilter> Catalogue { get; } = new FilterCatalogue<TrafficMirrorFilter>()
        .With("description", filter => filter.Description)
        .With("traffic-mirror-filter-id", filter => filter.Id);

    private static FilterCatalogue<TrafficMirrorFilterRule> RuleCatalogue { get; } = new FilterCatalogue<TrafficMirrorFilterRule>()
        .With("traffic-mirror-filter-rule-id", rule => rule.Id)
        .With("traffic-mirror-filter-id", rule => rule.FilterId)
        .With("rule-number", rule => rule.RuleNumber)
        .With("rule-action", rule => rule.Action)
        .With("traffic-direction", rule => rule.Direction)
        .With("protocol", rule => rule.Protocol)
        .With("source-cidr-block", rule => rule.SourceCidrBlock)
        .With("destination-cidr-block", rule => rule.DestinationCidrBlock)
        .With("description", rule => rule.Description);
}
