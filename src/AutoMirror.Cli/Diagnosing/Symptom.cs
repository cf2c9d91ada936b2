namespace AutoMirror.Cli.Diagnosing;

/// <summary>Something that keeps mirrored packets from a sensor.</summary>
/// <param name="Subject">The id of what is wrong.</param>
/// <param name="What">What is wrong, in words.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record Symptom(string Subject, string What, string Remedy);
