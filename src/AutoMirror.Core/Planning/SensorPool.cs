using AutoMirror.Core.Model;

namespace AutoMirror.Core.Planning;

/// <summary>The targets of one sensor, as far as EC2 knows them.</summary>
/// <param name="All">Every one that EC2 knows.</param>
/// <param name="Open">Those that take new sources: the living ones; where none lives, the stopped ones; else all.</param>
/// <param name="Settled">Those on which a session stays: the living ones; where none
/// lives, all. No session moves to what does not live.</param>
internal sealed record SensorPool(
    IReadOnlyList<TrafficMirrorTarget> All, IReadOnlyList<TrafficMirrorTarget> Open, IReadOnlyList<TrafficMirrorTarget> Settled);
