using AutoMirror.Core.Events;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Observing;

/// <summary>Where a witness says one thing, and EC2's answer another.</summary>
internal abstract record Contradiction
{
    private Contradiction() { }

    /// <summary>What has to be looked at again.</summary>
    public abstract Scope.Part Where { get; }

    /// <summary>An event speaks of an instance that EC2 does not show.</summary>
    public sealed record InstanceNotShown(Id<Instance> InstanceId) : Contradiction
    {
        public override Scope.Part Where => new() { Instances = [InstanceId] };
    }

    /// <summary>An event says that an instance has reached a state, and EC2 shows another.</summary>
    public sealed record OtherState(Id<Instance> InstanceId, InstanceState Said, InstanceState Shown) : Contradiction
    {
        public override Scope.Part Where => new() { Instances = [InstanceId] };
    }

    /// <summary>An event says what a tag is now, and EC2 shows another value.</summary>
    /// <param name="Place">The resource that has the tag.</param>
    /// <param name="Said">The value in the event; null when the tag was removed.</param>
    /// <param name="Shown">The value that EC2 shows; null for none.</param>
    public sealed record OtherTag(Scope.Part Place, TagLevel Level, string Key, string? Said, string? Shown) : Contradiction
    {
        public override Scope.Part Where => Place;
    }

    /// <summary>An event speaks of an interface that EC2 does not show.</summary>
    public sealed record InterfaceNotShown(Id<NetworkInterface> NetworkInterfaceId) : Contradiction
    {
        public override Scope.Part Where => new() { NetworkInterfaces = [NetworkInterfaceId] };
    }

    /// <summary>An event says that an interface was attached to an instance, and EC2 does not show it there.</summary>
    public sealed record NotAttached(Id<NetworkInterface> NetworkInterfaceId, Id<Instance> InstanceId) : Contradiction
    {
        public override Scope.Part Where => new() { Instances = [InstanceId], NetworkInterfaces = [NetworkInterfaceId] };
    }

    /// <summary>An event says that an instance was terminated, and EC2 still shows an interface of it as attached.</summary>
    public sealed record StillAttached(Id<NetworkInterface> NetworkInterfaceId, Id<Instance> InstanceId) : Contradiction
    {
        public override Scope.Part Where => new() { Instances = [InstanceId], NetworkInterfaces = [NetworkInterfaceId] };
    }

    /// <summary>An event says that somebody deleted a session, and EC2 still lists it.</summary>
    public sealed record SessionStillListed(Id<TrafficMirrorSession> SessionId, Id<NetworkInterface> NetworkInterfaceId) : Contradiction
    {
        public override Scope.Part Where => new() { NetworkInterfaces = [NetworkInterfaceId] };
    }

    /// <summary>Whether it makes what was read of an interface doubtful.</summary>
    /// <param name="instance">The instance that has the interface; null when none has.</param>
    public bool Concerns(NetworkInterface networkInterface, Instance? instance) =>
        (instance is not null && Where.Instances.Contains(instance.Id))
        || Where.NetworkInterfaces.Contains(networkInterface.Id)
        || (networkInterface.SubnetId is { } subnet && Where.Subnets.Contains(subnet))
        || (networkInterface.VpcId is { } vpc && Where.Vpcs.Contains(vpc));
}
