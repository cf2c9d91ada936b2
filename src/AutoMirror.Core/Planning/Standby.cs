namespace AutoMirror.Core.Planning;

/// <summary>What is done for a source that no target has room for, should EC2 refuse another one that room was reckoned with for.</summary>
/// <remarks>
/// Which sources EC2 takes, only EC2 knows (<see cref="Observing.SourceSupport"/>). Without this, one that it refuses at every sweep would
/// keep the last place on a target from a source that it would take, for ever.
/// </remarks>
/// <param name="Create">The session that it would get.</param>
/// <param name="Verdict">What holds for it then.</param>
public sealed record Standby(Change.Create Create, InterfaceVerdict Verdict);
