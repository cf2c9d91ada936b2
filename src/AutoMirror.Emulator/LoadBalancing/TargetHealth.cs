namespace AutoMirror.Emulator.LoadBalancing;

/// <summary>Whether a member gets traffic.</summary>
/// <param name="Target">The member.</param>
/// <param name="State"><c>healthy</c>, <c>unhealthy</c>, <c>unused</c>, <c>initial</c> or <c>draining</c>.</param>
/// <param name="Reason">The reason code of a state other than healthy.</param>
/// <param name="Description">The reason in words.</param>
public sealed record TargetHealth(RegisteredTarget Target, string State, string? Reason = null, string? Description = null);
