namespace AutoMirror.Emulator.Faults;

/// <summary>
/// What may befall a request, since clients have to expect throttling and 5xx errors at any time, and a connection can end anywhere.
/// Each is a share of the requests between 0 and 1; the seed decides which requests it hits. By default there are none.
/// </summary>
public sealed record RequestFaults
{
    /// <summary>The service refuses the request as one too many, though it is not.</summary>
    public double Throttled { get; init; }

    /// <summary>InternalError, 500; nothing is done.</summary>
    public double InternalError { get; init; }

    /// <summary>Unavailable, 503; nothing is done.</summary>
    public double Unavailable { get; init; }

    /// <summary>The work is done, and no answer comes.</summary>
    public double Timeout { get; init; }

    /// <summary>The connection is cut before anything is done.</summary>
    public double CutBefore { get; init; }

    /// <summary>The connection is cut after the work is done.</summary>
    public double CutAfter { get; init; }

    /// <summary>The second half of the answer comes late.</summary>
    public double SlowBody { get; init; }

    /// <summary>How late the second half of a slow answer comes.</summary>
    public TimeSpan SlowBodyFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The answer ends in the middle.</summary>
    public double TruncatedBody { get; init; }

    /// <summary>Which requests can be hit, by their IAM name (<c>ec2:CreateTags</c>); null for all.</summary>
    public Func<string, bool>? Only { get; init; }
}
