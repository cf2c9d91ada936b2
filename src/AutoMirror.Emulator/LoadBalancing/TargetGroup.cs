using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.LoadBalancing;

/// <summary>A target group: the members that a load balancer forwards to. Its id is its ARN.</summary>
public sealed record TargetGroup : Resource
{
    public required string Name { get; init; }

    /// <summary><c>UDP</c>, <c>TCP_UDP</c>, <c>TCP</c> or <c>GENEVE</c>.</summary>
    public required string Protocol { get; init; }

    public required int Port { get; init; }

    public required string VpcId { get; init; }

    /// <summary><c>instance</c> or <c>ip</c>: what its members' ids are.</summary>
    public required string TargetType { get; init; }

    public required HealthCheck HealthCheck { get; init; }

    public IReadOnlyList<RegisteredTarget> Targets { get; init; } = [];
}

/// <summary>A member of a target group: an instance's id or an address, and the port where it differs from the group's.</summary>
public sealed record RegisteredTarget(string Id, int? Port = null);

/// <summary>
/// How members are checked. The emulator checks nobody: a member is as healthy as its instance runs, or as it was said to be.
/// </summary>
public sealed record HealthCheck(
    string Protocol, string Port, int IntervalSeconds, int TimeoutSeconds, int Healthy, int Unhealthy, string? Path);
