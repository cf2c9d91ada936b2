namespace AutoMirror.Core.Applying;

/// <summary>What came of a call to EC2. Expected failure is a value.</summary>
/// <typeparam name="T">What EC2 gives when it is willing.</typeparam>
public abstract record Answer<T>
{
    private Answer()
    {
    }

    /// <summary>EC2 did it.</summary>
    /// <param name="Value">What it gave.</param>
    public sealed record Given(T Value) : Answer<T>;

    /// <summary>EC2 did not do it.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(Refusal Refusal) : Answer<T>;
}
