namespace AutoMirror.Core.Planning;

/// <summary>The create to try for a source whose pool is full, if EC2 refuses another source that had a place reserved.</summary>
/// <remarks>
/// Only EC2 knows which sources it takes (<see cref="Facts.SourceSupport"/>). Without this, a source that it refuses at every full sync
/// would keep the last place on a target, for ever, from a source that it would take.
/// </remarks>
internal sealed record Standby(Change.Create Create, InterfaceVerdict Verdict);
