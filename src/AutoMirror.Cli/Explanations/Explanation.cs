using AutoMirror.Cli.Coverage;

namespace AutoMirror.Cli.Explanations;

/// <summary>What <c>explain</c> prints as JSON.</summary>
/// <param name="Kind"><c>instance</c>, <c>interface</c>, <c>session</c>, <c>target</c> or <c>sensor</c>.</param>
/// <param name="Said">The thing itself in a sentence.</param>
/// <param name="Interfaces">The interfaces that it is about; of a target or a sensor, those that go there.</param>
/// <param name="Targets">The targets that it is about.</param>
internal sealed record Explanation(
    string Id, string Kind, string Said, IReadOnlyList<InterfaceExplanation> Interfaces, IReadOnlyList<TargetLoad> Targets);

/// <summary>One interface: what holds, why, and what to do about it.</summary>
/// <param name="State">How it is now, in the words of <c>status</c>.</param>
/// <param name="Verdict">What holds once a sync has run.</param>
/// <param name="Because">The chain that led there.</param>
/// <param name="WhatToDo">The next step, with its command; null where there is nothing to do.</param>
/// <param name="Blind">What of its traffic no sensor of the deployment sees.</param>
internal sealed record InterfaceExplanation(
    string NetworkInterfaceId, string? InstanceId, string? InstanceName, string? InstanceType, string? VpcId, string? SubnetId,
    string? Zone, string? Address, string State, string Verdict, IReadOnlyList<string> Because, string? WhatToDo,
    IReadOnlyList<SessionExplanation> Sessions, IReadOnlyList<string> Blind);

/// <summary>A session on an interface.</summary>
/// <param name="Next">What a sync does with it: <c>keep</c>, <c>change</c>, <c>delete</c>, or <c>make</c>; others' are kept.</param>
internal sealed record SessionExplanation(
    string? TrafficMirrorSessionId, bool IsOwned, int SessionNumber, string? Sensor, string TargetId, string FilterId, int? PacketLength,
    int? VirtualNetworkId, string Next);
