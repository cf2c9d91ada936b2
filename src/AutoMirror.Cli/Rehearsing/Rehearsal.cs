using System.Text.Json.Nodes;
using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Cli.Rehearsing;

/// <summary>Holds a policy against cases: the planner itself decides, over an account of one interface.</summary>
internal static class Rehearsal
{
    private const string Prefix = "/automirror", Filter = "tmf-1";
    private static readonly Id<NetworkInterface> Interface = Id<NetworkInterface>.Parse("eni-1");
    private static readonly Id<Instance> Holder = Id<Instance>.Parse("i-1");

    /// <summary>What a policy decides about an interface.</summary>
    /// <exception cref="CommandException">The policy, or what is given, is wrong.</exception>
    public static InterfaceVerdict Decide(JsonNode policy, IReadOnlyList<string> sensors, GivenInterface given)
    {
        try
        {
            var situation = new Situation(Deployment.Default, ConfigurationOf(policy, sensors), InventoryOf(given));
            return CheckedPlan.Of(situation).Plan.Verdicts.Single(verdict => verdict.NetworkInterfaceId == Interface);
        }
        catch (FormatException problem)
        {
            throw new UsageException(problem.Message);
        }
    }

    /// <summary>What differs from what is expected, in words.</summary>
    public static IReadOnlyList<string> Differences(ExpectedVerdict expected, InterfaceVerdict found)
    {
        var mirrored = found.Verdict as Verdict.Mirrored;
        var because = ReasonText.Of(found.Because);
        IEnumerable<string> Differ(string what, object? wanted, object? is_) =>
            wanted is null || wanted.Equals(is_) ? [] : [$"{what}: expected {wanted}, and it is {is_ ?? "none"}"];
        return
        [
            .. Differ("verdict", expected.Verdict, found.Verdict.Name),
            .. Differ("sensor", expected.Sensor, mirrored?.Settings.Sensor.Value),
            .. Differ("sessionNumber", expected.SessionNumber, mirrored?.Settings.SessionNumber.Value),
            .. expected.Because is { } part && !because.Contains(part, StringComparison.OrdinalIgnoreCase)
                ? (string[])[$"because: expected \"{part}\" in \"{because}\""]
                : [],
        ];
    }

    private static Configuration ConfigurationOf(JsonNode policy, IReadOnlyList<string> sensors)
    {
        var (parameters, targets) = (new List<Parameter>(), new Dictionary<Id<TrafficMirrorTarget>, TrafficMirrorTarget>());
        parameters.Add(new(ParameterSetReader.PolicyParameter(Prefix), "String", policy.ToJsonString()));
        parameters.Add(new(ParameterSetReader.FilterParameter(Prefix), "String", Filter));
        foreach (var (index, sensor) in sensors.Append(SensorName.Default.Value).Distinct().Index())
        {
            var id = Id<TrafficMirrorTarget>.Parse($"tmt-{index + 1}");
            targets[id] = new TrafficMirrorTarget(
                id, new TargetDestination.CaptureInterface(Id<NetworkInterface>.Parse($"eni-sensor{index + 1}")), Tags.None);
            parameters.Add(new(ParameterSetReader.TargetsParameter(Prefix, sensor), "String", id.Value));
        }

        return ParameterSetReader.Read(Prefix, parameters) switch
        {
            Reading<ParameterSet>.Ready { Value: var set } => new Configuration(Prefix, set, targets, DateTimeOffset.UnixEpoch),
            Reading<ParameterSet>.Misconfigured { Errors: var errors } => throw new CommandException(string.Join("; ", errors)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Inventory InventoryOf(GivenInterface given)
    {
        var (vpc, subnet) = (Id<Vpc>.Parse(given.Vpc), Id<Subnet>.Parse(given.Subnet));
        var each = new NetworkInterface
        {
            Id = Interface,
            InterfaceType = given.InterfaceType,
            VpcId = vpc,
            SubnetId = subnet,
            Attachment = new Attachment(given.InstanceType is null ? null : Holder, given.DeviceIndex, AttachmentStatus.Attached),
            Tags = new Tags(given.InterfaceTags),
            ManagedBy = given.InstanceType is null ? given.ManagedBy : null,
        };
        var inventory = new Inventory
        {
            Now = DateTimeOffset.UnixEpoch,
            SessionCoverage = new SessionCoverage.Account(),
            SubnetTags = new Dictionary<Id<Subnet>, Tags> { [subnet] = new(given.SubnetTags) },
            VpcTags = new Dictionary<Id<Vpc>, Tags> { [vpc] = new(given.VpcTags) },
        };
        return given.InstanceType is not { } type
            ? inventory with { StandaloneInterfaces = [each] }
            : inventory with
            {
                Instances =
                [
                    new Instance
                    {
                        Id = Holder,
                        InstanceType = type,
                        State = Ec2Words.InstanceStates.Find(given.State)
                            ?? throw new FormatException($"'{given.State}' is no state of an instance."),
                        Tags = new Tags(given.Tags),
                        ManagedBy = given.ManagedBy,
                        NetworkInterfaces = [each],
                    },
                ],
            };
    }
}
