using System.Collections.Immutable;
using System.Diagnostics;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>Where to look. What to do there follows from EC2's present state alone.</summary>
internal abstract record Scope
{
    private Scope() { }

    /// <summary>The whole account in this Region: a full sync.</summary>
    public sealed record Everything : Scope;

    /// <summary>Everything that any of the sets names; at least one of them is not empty.</summary>
    public sealed record Part : Scope
    {
        /// <summary>These instances, with all their interfaces.</summary>
        public ImmutableSortedSet<Id<Instance>> Instances { get; init; } = [];

        /// <summary>These interfaces, with the instances that have them now.</summary>
        public ImmutableSortedSet<Id<NetworkInterface>> NetworkInterfaces { get; init; } = [];

        public ImmutableSortedSet<Id<Subnet>> Subnets { get; init; } = [];
        public ImmutableSortedSet<Id<Vpc>> Vpcs { get; init; } = [];

        /// <summary>The interfaces of these sessions, as far as they are owned.</summary>
        public ImmutableSortedSet<Id<TrafficMirrorSession>> Sessions { get; init; } = [];

        /// <summary>The interfaces of all owned sessions to these targets.</summary>
        public ImmutableSortedSet<Id<TrafficMirrorTarget>> Targets { get; init; } = [];
    }

    /// <summary>Nowhere now: a full sync that several events share will cover it.</summary>
    /// <param name="At">When that full sync may begin.</param>
    public sealed record Later(DateTimeOffset At) : Scope;

    public sealed record Nothing(string Reason) : Scope;

    public static Scope Of(Id<Instance> instance) => new Part { Instances = [instance] };

    /// <summary>The smallest scope that holds both.</summary>
    public Scope Union(Scope other) => (this, other) switch
    {
        (Everything, _) or (_, Everything) => new Everything(),
        (Nothing, _) => other,
        (_, Nothing) => this,
        (Later, Later) => this,
        (Later, _) => other,
        (_, Later) => this,
        (Part a, Part b) => new Part
        {
            Instances = a.Instances.Union(b.Instances),
            NetworkInterfaces = a.NetworkInterfaces.Union(b.NetworkInterfaces),
            Subnets = a.Subnets.Union(b.Subnets),
            Vpcs = a.Vpcs.Union(b.Vpcs),
            Sessions = a.Sessions.Union(b.Sessions),
            Targets = a.Targets.Union(b.Targets),
        },
        _ => throw new UnreachableException(),
    };
}
