namespace AutoMirror.Emulator;

/// <summary>Where a rule sends what it matches: a function or a queue, the whole event or a constant instead.</summary>
public sealed record EventTarget(string Id, string Arn, string? Input = null, string? InputPath = null, string? RoleArn = null);
