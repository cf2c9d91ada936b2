namespace AutoMirror.Emulator.Logs;

/// <summary>An event of a log stream.</summary>
/// <param name="Number">Its place among all events of the account, from 1: what its event id and page tokens are made of.</param>
/// <param name="Time">When it happened, as its sender says; CloudWatch keeps milliseconds.</param>
/// <param name="Ingested">When it arrived.</param>
/// <param name="Message">The text, without a line break at its end.</param>
public sealed record LogEvent(long Number, DateTimeOffset Time, DateTimeOffset Ingested, string Message);
