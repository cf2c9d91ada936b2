using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Core.Tests.Worlds;

/// <summary>Everything that a plan follows from: configuration, targets, instances, interfaces, sessions.</summary>
internal sealed class World
{
    public static readonly DateTimeOffset ReadAt = new(2026, 5, 19, 9, 30, 0, TimeSpan.Zero);

    public Policy Policy { get; set; } = Policy.Default;

    public Deployment Deployment { get; set; } = Deployment.Default;

    public Id<TrafficMirrorFilter> Filter { get; set; } = Id<TrafficMirrorFilter>.Parse("tmf-1");

    public SortedDictionary<SensorName, IReadOnlyList<Id<TrafficMirrorTarget>>> Sensors { get; } = [];

    public SortedDictionary<Id<TrafficMirrorTarget>, TrafficMirrorTarget> Targets { get; } = [];

    /// <summary>What is known of where targets deliver to.</summary>
    public SortedDictionary<Id<TrafficMirrorTarget>, CapturePoint> CapturePoints { get; } = [];

    /// <summary>Whether the configured filters were read, and are those of <see cref="Filters"/>.</summary>
    public bool KnowsFilters { get; set; }

    /// <summary>Families that EC2 has refused.</summary>
    public HashSet<string> RefusedFamilies { get; } = [];

    public SortedDictionary<Id<Instance>, Instance> Instances { get; } = [];

    public List<NetworkInterface> Standalone { get; } = [];

    public List<TrafficMirrorSession> Sessions { get; } = [];

    public SortedDictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter> Filters { get; } = [];

    public SortedDictionary<Id<Subnet>, Tags> SubnetTags { get; } = [];

    public SortedDictionary<Id<Vpc>, Tags> VpcTags { get; } = [];

    public List<Id<Instance>> MissingInstances { get; } = [];

    public List<Id<NetworkInterface>> MissingInterfaces { get; } = [];

    public List<string> Gaps { get; } = [];

    public Dictionary<Id<Instance>, DateTimeOffset> Findings { get; } = [];

    public List<MirrorEvent.Capture> Captures { get; } = [];

    /// <summary>Events that are young enough to be witnesses.</summary>
    public List<MirrorEvent> Events { get; } = [];

    /// <summary>What is known of sessions: <c>account</c>, <c>owned</c>, or <c>interfaces</c> for every session on what is seen.</summary>
    public string Coverage { get; set; } = "account";

    public bool AllowDeletes { get; set; }

    public bool IsDenied { get; set; }

    public Configuration Configuration => new("/automirror", new ParameterSet(Policy, Filter, Sensors), Targets, ReadAt);

    public Situation Situation => new(Deployment, Configuration, Inventory)
    {
        Account = "123456789012",
        Equipment = new Equipment { CapturePoints = CapturePoints, Filters = KnowsFilters ? Filters : null, ReadAt = ReadAt },
        RefusedFamilies = RefusedFamilies,
        TimedWishes = new TimedWishes { Findings = Findings, Captures = Captures },
        Contradictions = Contradictions.In(Inventory, Policy, [.. Events.Select(each => (IReadOnlyList<MirrorEvent>)[each])]),
        AllowDeletes = AllowDeletes,
        IsDenied = IsDenied,
    };

    public IEnumerable<NetworkInterface> Interfaces =>
        Instances.Values.SelectMany(instance => instance.NetworkInterfaces).Concat(Standalone);

    public Inventory Inventory => new()
    {
        Now = ReadAt,
        Instances = [.. Instances.Values],
        StandaloneInterfaces = [.. Standalone],
        MissingInstances = [.. MissingInstances],
        MissingInterfaces = [.. MissingInterfaces],
        Sessions = [.. Sessions],
        SessionCoverage = Coverage switch
        {
            "account" => new SessionCoverage.Account(),
            "interfaces" => new SessionCoverage.Interfaces(Interfaces.Select(each => each.Id).ToHashSet()),
            _ => SessionCoverage.OwnedOnly,
        },
        Filters = Filters,
        SubnetTags = SubnetTags,
        VpcTags = VpcTags,
        Gaps = [.. Gaps.Select(what => new Gap(what, new Refusal(RefusalKind.Transient, "RequestLimitExceeded", "try later")))],
    };

    /// <summary>The plan, as it would be carried out.</summary>
    public Plan Plan() => CheckedPlan.Of(Situation).Plan;

    /// <summary>Everything of a plan that a person has to act on.</summary>
    public IEnumerable<Problem> ProblemsOf(Plan plan) => plan.Problems.Concat(VerdictProblems.Of(plan.Verdicts, Configuration));

    /// <summary>The plan, before modes and limits hold anything back.</summary>
    public Plan RawPlan() => Planner.Plan(Situation);
}
