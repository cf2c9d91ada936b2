using System.Collections.Immutable;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.LoadBalancing;

/// <summary>Tags of load balancers, target groups and listeners over the wire.</summary>
internal static class ElbTagActions
{
    public static void AddTo(Dictionary<string, Action<ElbCall>> actions)
    {
        actions.Add("DescribeTags", Describe);
        actions.Add("AddTags", Add);
        actions.Add("RemoveTags", Remove);
    }

    private static void Describe(ElbCall call)
    {
        var arns = Arns(call);
        var found = call.Do(() => arns.Select(arn => (Arn: arn, Tags: Find(call, arn).Tags)).ToList());
        call.Body.Members("TagDescriptions", found, each => call.Body
            .Text("ResourceArn", each.Arn)
            .Members("Tags", each.Tags, tag => call.Body.Text("Key", tag.Key).Text("Value", tag.Value)));
    }

    private static void Add(ElbCall call)
    {
        _ = call.NeededStructures("Tags");
        var (arns, tags) = (Arns(call), call.Tags());
        call.Do(() => Change(call, arns, resource => TagRules.Checked(resource.Tags.SetItems(tags))));
    }

    private static void Remove(ElbCall call)
    {
        var (arns, keys) = (Arns(call), call.NeededTexts("TagKeys"));
        call.Do(() => Change(call, arns, resource => resource.Tags.RemoveRange(keys)));
    }

    private static IReadOnlyList<string> Arns(ElbCall call) => call.Texts("ResourceArns") is { Count: > 0 and <= 20 } arns
        ? arns
        : throw ElbErrors.Validation("Between 1 and 20 resource ARNs must be specified");

    private static void Change(
        ElbCall call, IReadOnlyList<string> arns, Func<Resource, ImmutableSortedDictionary<string, string>> change)
    {
        foreach (var arn in arns)
        {
            var resource = Find(call, arn);
            TableOf(call, arn).Put(resource with { Tags = change(resource) });
        }
    }

    private static Resource Find(ElbCall call, string arn) => TableOf(call, arn).Find(arn) ?? throw Missing(arn);

    private static ITable TableOf(ElbCall call, string arn) => KindOf(arn) switch
    {
        "loadbalancer" => call.Balancing.LoadBalancers,
        "targetgroup" => call.Balancing.TargetGroups.Table,
        "listener" => call.Balancing.Listeners,
        _ => throw Missing(arn),
    };

    private static AwsException Missing(string arn) => KindOf(arn) switch
    {
        "loadbalancer" => ElbErrors.LoadBalancerNotFound(arn),
        "targetgroup" => ElbErrors.TargetGroupNotFound(),
        "listener" => ElbErrors.ListenerNotFound(),
        _ => ElbErrors.Validation($"'{arn}' is not a valid resource ARN"),
    };

    private static string KindOf(string arn) => arn.Split(':') is [_, _, _, _, _, var path] ? path.Split('/')[0] : "";
}
