namespace AutoMirror.Emulator.Faults;

/// <summary>A token bucket: how many tokens it holds, and how many come back each second.</summary>
public sealed record Bucket(double Capacity, double RefillPerSecond);

/// <summary>Which buckets requests take tokens from. Every action has its own: "each API is evaluated individually".</summary>
public sealed record Throttling
{
    /// <summary>
    /// EC2's figures as "Request throttling for the Amazon EC2 API" gives them, and Parameter Store's default throughput.
    /// </summary>
    public static Throttling Documented { get; } = new();

    /// <summary>Describe, List, Search and Get actions.</summary>
    public Bucket NonMutating { get; init; } = new(100, 20);

    /// <summary>Some describes without a filter and without a page size, even when they list ids.</summary>
    public Bucket Unfiltered { get; init; } = new(50, 10);

    /// <summary>All other actions.</summary>
    public Bucket Mutating { get; init; } = new(50, 5);

    /// <summary>Actions whose figures differ.</summary>
    public IReadOnlyDictionary<string, Bucket> Actions { get; init; } = new Dictionary<string, Bucket>
    {
        ["CreateNetworkInterface"] = new(100, 5), ["DeleteNetworkInterface"] = new(100, 5),
        ["ModifyNetworkInterfaceAttribute"] = new(100, 5),
        ["CreateTags"] = new(100, 10), ["DeleteTags"] = new(100, 10),
        ["RunInstances"] = new(5, 2), ["StartInstances"] = new(5, 2), ["TerminateInstances"] = new(100, 5),
    };

    /// <summary>Actions that also take a token for each resource that they touch.</summary>
    public IReadOnlyDictionary<string, Bucket> Resources { get; init; } = new Dictionary<string, Bucket>
    {
        ["RunInstances"] = new(1000, 2), ["TerminateInstances"] = new(1000, 20), ["StartInstances"] = new(1000, 2),
        ["StopInstances"] = new(1000, 20),
    };

    /// <summary>
    /// Parameter Store's reads ("40 transactions per second, shared by GetParameter, GetParameters, GetParametersByPath").
    /// </summary>
    public Bucket ParameterReads { get; init; } = new(40, 40);

    /// <summary>Parameter Store's writes ("3 transactions per second").</summary>
    public Bucket ParameterWrites { get; init; } = new(3, 3);
}
