namespace AutoMirror.Emulator.CloudWatch;

/// <summary>A dashboard, whose body the emulator keeps as it was given.</summary>
internal sealed record Dashboard(string Name, string Body, DateTimeOffset LastModified);
