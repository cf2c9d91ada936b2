using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Applying;

/// <summary>What one run applies its plan with.</summary>
/// <param name="Limiter">The rate of calls that change something.</param>
/// <param name="RequestId">The invocation's id, which makes creates repeatable inside it.</param>
/// <param name="StopAt">When no further change is started.</param>
internal sealed record ApplyContext(IEc2 Ec2, RateLimiter Limiter, TimeProvider Time, string RequestId, DateTimeOffset StopAt)
{
    public bool IsOver => Time.GetUtcNow() >= StopAt;
}
