namespace AutoMirror.Emulator.Ec2;

/// <summary>MaxResults: how many results a describe lets a caller ask for.</summary>
internal sealed record PageSize(int Least, int Most)
{
    /// <summary>What the API reference documents for most describes.</summary>
    public static PageSize Usual { get; } = new(5, 1000);

    public void Check(int? maxResults)
    {
        if (maxResults < Least)
            throw Ec2Errors.MaxResultsTooSmall(maxResults.Value, Least);
        if (maxResults > Most)
            throw Ec2Errors.MaxResultsTooLarge(maxResults.Value, Most);
    }
}
