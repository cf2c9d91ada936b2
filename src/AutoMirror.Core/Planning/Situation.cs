using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Planning;

/// <summary>Everything that a plan follows from.</summary>
internal sealed record Situation(Deployment Deployment, Configuration Configuration, Inventory Inventory)
{
    /// <summary>Instances that a security finding wants mirrored whatever their tags say, and until when.</summary>
    public IReadOnlyDictionary<Id<Instance>, DateTimeOffset> Findings { get; init; } = new Dictionary<Id<Instance>, DateTimeOffset>();

    /// <summary>Whether a person takes responsibility for more deletes than the policy's limits let through.</summary>
    public bool AllowDeletes { get; init; }

    /// <summary>Who is mirrored, and how.</summary>
    public Policy Policy => Configuration.Policy;

    public bool IsFullSync => Inventory.SessionCoverage is SessionCoverage.Account;
}
