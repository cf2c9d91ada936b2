namespace AutoMirror.Emulator.Faults;

/// <summary>
/// What may befall a request: each a share between 0 and 1, decided by the seed, all 0 unless set. "Error retries": clients have to
/// expect throttling and the 5xx errors at any time, and a connection can end anywhere.
/// </summary>
public sealed record RequestFaults
{
    /// <summary>Refused as too many, though they were not.</summary>
    public double Throttled { get; init; }

    /// <summary>InternalError, 500, with nothing done.</summary>
    public double InternalError { get; init; }

    /// <summary>Unavailable, 503, with nothing done.</summary>
    public double Unavailable { get; init; }

    /// <summary>No answer at all; the work is done.</summary>
    public double Timeout { get; init; }

    /// <summary>The connection is cut before anything is done.</summary>
    public double CutBefore { get; init; }

    /// <summary>The connection is cut after the work is done.</summary>
    public double CutAfter { get; init; }

    /// <summary>The answer's body comes slowly.</summary>
    public double SlowBody { get; init; }

    /// <summary>How long the second half of a slow body takes.</summary>
    public TimeSpan SlowBodyFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The answer's body ends halfway.</summary>
    public double TruncatedBody { get; init; }

    /// <summary>Which requests this is about (<c>ec2:CreateTags</c>); null is all.</summary>
    public Func<string, bool>? Only { get; init; }
}
