using System.Collections.Immutable;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Core.Tests.Reporting;

public class ScopeTextTests
{
    public static TheoryData<string, string> Scopes => new()
    {
        { "i-1", "i-1" }, { "i-1 i-2", "2 instances" }, { "eni-1", "eni-1" }, { "eni-1 eni-2", "2 interfaces" },
        { "subnet-1", "subnet-1" }, { "vpc-1 vpc-2", "2 VPCs" }, { "tms-1", "tms-1" }, { "tms-1 tms-2", "2 sessions" },
        { "i-1 vpc-1 tms-1", "i-1, vpc-1, tms-1" },
    };

    /// <summary>A log line about a scope that names nothing would say that nothing was asked for.</summary>
    [Theory]
    [MemberData(nameof(Scopes))]
    public void Every_kind_of_thing_in_a_scope_is_named(string ids, string text) => Assert.Equal(text, ScopeText.Of(new Scope.Part
    {
        Instances = Of<Instance>(ids),
        NetworkInterfaces = Of<NetworkInterface>(ids),
        Subnets = Of<Subnet>(ids),
        Vpcs = Of<Vpc>(ids),
        Sessions = Of<TrafficMirrorSession>(ids),
    }));

    private static ImmutableSortedSet<Id<T>> Of<T>(string ids)
        where T : IEc2Resource => [.. ids.Split(' ').Where(id => Id<T>.TryParse(id) is not null).Select(Id<T>.Parse)];
}
