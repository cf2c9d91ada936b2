namespace AutoMirror.Emulator;

/// <summary>One page of a describe.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextToken);
