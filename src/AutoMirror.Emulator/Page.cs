namespace AutoMirror.Emulator;

/// <summary>One page of a describe; the token is null for the last page.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextToken);
