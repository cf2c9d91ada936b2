using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Observing;

/// <summary>Something that could not be read.</summary>
/// <param name="Action">The EC2 action, one of <see cref="Actions"/>.</param>
internal sealed record Gap(string Action, Refusal Why);
