using AutoMirror.Core.Model;

namespace AutoMirror.Core.Observing;

/// <summary>How much is known of the sessions on the interfaces in scope.</summary>
internal abstract record SessionCoverage
{
    private SessionCoverage() { }

    /// <summary>Only this deployment's own, found by their descriptions.</summary>
    public static SessionCoverage OwnedOnly { get; } = new Interfaces(new HashSet<Id<NetworkInterface>>());

    /// <summary>Whether every session on an interface is known.</summary>
    public abstract bool Covers(Id<NetworkInterface> networkInterface);

    /// <summary>Every session of the account: a full sync.</summary>
    public sealed record Account : SessionCoverage
    {
        public override bool Covers(Id<NetworkInterface> networkInterface) => true;
    }

    /// <summary>Every session on these interfaces; of others only this deployment's own.</summary>
    public sealed record Interfaces(IReadOnlySet<Id<NetworkInterface>> Ids) : SessionCoverage
    {
        public override bool Covers(Id<NetworkInterface> networkInterface) => Ids.Contains(networkInterface);
    }
}
