namespace AutoMirror.Emulator.Lambda;

/// <summary>What becomes of asynchronous events ("Configuring error handling settings for asynchronous invocations").</summary>
internal sealed record EventInvokeConfiguration
{
    public const int DefaultRetries = 2;

    public const int DefaultAge = 21_600;

    public required DateTimeOffset LastModified { get; init; }

    public int? MaximumRetryAttempts { get; init; }

    /// <summary>Seconds.</summary>
    public int? MaximumEventAge { get; init; }

    public string? OnSuccess { get; init; }

    public string? OnFailure { get; init; }
}
