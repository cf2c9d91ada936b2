using System.Text.Json.Serialization;
using AutoMirror.Cli.Plans;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;

namespace AutoMirror.Cli.Coverage;

/// <summary>What <c>status</c> prints as JSON: what is mirrored now, what is not, and what it costs.</summary>
/// <param name="Percent">The share of the interfaces that a sensor should see and does, from 0 to 100.</param>
/// <param name="States">How many interfaces are in each state.</param>
/// <param name="Blind">What can't be mirrored, by instance family.</param>
/// <param name="Pending">How many changes a sync would make.</param>
internal sealed record StatusDocument(
    string Region, string? Account, string Deployment, string Mode, double Percent, IReadOnlyDictionary<string, int> States,
    IReadOnlyList<StatusProblem> Problems, IReadOnlyList<BlindFamily> Blind, ChangeCounts Pending,
    IReadOnlyDictionary<string, IReadOnlyList<CoverageGroup>> Groups, IReadOnlyList<TargetLoad> Targets, SessionCost Cost,
    IReadOnlyList<InterfaceState> Interfaces)
{
    public static StatusDocument Of(Look look)
    {
        var interfaces = InterfaceState.AllOf(look);
        var settings = look.Source.Settings;
        var (owned, should) = (interfaces.Count(each => each.State == InterfaceState.Mirrored), interfaces.Count(each => each.Counts));
        var changes = look.Plan.Changes;
        return new StatusDocument(
            settings.Region, settings.Account, settings.Deployment.Name,
            look.IsOff ? "off" : Core.Policies.PolicyWords.Modes.WordFor(look.Situation.Policy.Mode),
            should == 0 ? 100 : Math.Round(100.0 * owned / should, 1),
            new SortedDictionary<string, int>(interfaces.CountBy(each => each.State).ToDictionary(), StringComparer.Ordinal),
            StatusProblem.Of(look), BlindFamily.In(interfaces),
            new ChangeCounts(
                changes.Count(each => each is Change.Create), changes.Count(each => each is Change.Modify),
                changes.Count(each => each is Change.Delete)),
            new Dictionary<string, IReadOnlyList<CoverageGroup>>
            {
                ["vpc"] = CoverageGroup.By(interfaces, each => each.VpcId),
                ["zone"] = CoverageGroup.By(interfaces, each => each.Zone),
                ["sensor"] = CoverageGroup.By(interfaces, each => each.Sensor),
                ["instanceType"] = CoverageGroup.By(interfaces, each => each.InstanceType),
            },
            TargetLoad.AllOf(look), SessionCost.Of(look), interfaces);
    }
}

/// <summary>How many changes of each kind.</summary>
internal sealed record ChangeCounts(int Create, int Modify, int Delete)
{
    [JsonIgnore]
    public int Count => Create + Modify + Delete;
}

/// <summary>The interfaces that have something in common.</summary>
/// <param name="Name">What they have in common.</param>
/// <param name="Mirrored">How many of them a sensor sees.</param>
/// <param name="Should">How many of them a sensor should see.</param>
internal sealed record CoverageGroup(string Name, int Mirrored, int Should, double Percent)
{
    public static IReadOnlyList<CoverageGroup> By(IReadOnlyList<InterfaceState> interfaces, Func<InterfaceState, string?> name) =>
    [
        .. from each in interfaces
           where each.Counts && name(each) is not null
           group each by name(each)! into all
           let mirrored = all.Count(each => each.State == InterfaceState.Mirrored)
           orderby all.Key
           select new CoverageGroup(all.Key, mirrored, all.Count(), Math.Round(100.0 * mirrored / all.Count(), 1)),
    ];
}

/// <summary>A family of instance types that can't be mirrored, though its owners or the policy ask for it.</summary>
internal sealed record BlindFamily(string Family, int Interfaces, string Because)
{
    public static IReadOnlyList<BlindFamily> In(IReadOnlyList<InterfaceState> interfaces) =>
    [
        .. from each in interfaces
           where each.Verdict == new Verdict.Unsupported().Name
           group each by InstanceTypeName.Of(each.InstanceType ?? "?").Family into family
           orderby family.Count() descending, family.Key
           select new BlindFamily(family.Key, family.Count(), family.First().Because),
    ];
}

/// <summary>A problem, and the command that mends it or shows more.</summary>
internal sealed record StatusProblem(string Problem, string Message, string Command)
{
    public static IReadOnlyList<StatusProblem> Of(Look look) =>
        [.. look.Report.Problems.Select(problem => new StatusProblem(
            ProblemEntry.Of(problem).Problem, problem.Message, CommandFor(problem.Kind, look)))];

    private static string CommandFor(ProblemKind kind, Look look) => kind switch
    {
        ProblemKind.UnknownSensor or ProblemKind.TargetGone or ProblemKind.SensorGone => "automirror setup --sensor NAME=eni-…",
        ProblemKind.CapacityExhausted => "automirror setup --sensor NAME=eni-… --sensor NAME=eni-…",
        ProblemKind.FilterUnusable => "automirror setup",
        ProblemKind.SensorStopped => "aws ec2 start-instances --instance-ids i-…",
        ProblemKind.UndeclaredHosts =>
            $"aws ssm put-parameter --overwrite --name {look.Source.Settings.Prefix}/policy --value file://policy.json",
        ProblemKind.SessionLimit or ProblemKind.Shadowed => Explain(look, kind),
        ProblemKind.BlastRadius => "automirror plan, and if that is meant: automirror sync --allow-deletes",
        ProblemKind.VirtualNetworkShared => "automirror vnis",
        ProblemKind.Failed or ProblemKind.Unsettled => "automirror sync",
        _ => "automirror doctor",
    };

    private static string Explain(Look look, ProblemKind kind)
    {
        var id = look.Plan.Verdicts.FirstOrDefault(verdict => kind == ProblemKind.SessionLimit
            ? verdict.Verdict is Verdict.SessionLimit
            : verdict.Verdict is Verdict.Mirrored { Shadowed: Shadow.Fully })?.NetworkInterfaceId;
        return $"automirror explain {id?.Value ?? "eni-…"}";
    }
}
