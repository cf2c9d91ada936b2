using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Applying;

/// <summary>What one run applies its plans with.</summary>
internal sealed record ApplyContext
{
    public required IEc2 Ec2 { get; init; }

    /// <summary>The rate of calls that change something.</summary>
    public required RateLimiter Limiter { get; init; }

    public required RefusedFamilies RefusedFamilies { get; init; }
    public required TimeProvider Time { get; init; }

    /// <summary>The invocation's id, which says where on the ring of work it begins.</summary>
    public required string RequestId { get; init; }

    /// <summary>When the run began. With the invocation's id it makes creates repeatable inside the run. A retry of the invocation has the
    /// same id and another time: EC2 would answer a repeated token with the session
    /// that it once made, though that was deleted since.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When no further change is started.</summary>
    public required DateTimeOffset StopAt { get; init; }

    /// <summary>Is told of each change as it is done.</summary>
    public Action<AppliedChange> OnDone { get; init; } = _ => { };

    public bool IsOver => Time.GetUtcNow() >= StopAt;
}
