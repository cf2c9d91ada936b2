namespace AutoMirror.Lambda;

/// <summary>How the Runtime API took an answer or an error.</summary>
internal abstract record Receipt
{
    private Receipt()
    {
    }

    /// <summary>It has it.</summary>
    public sealed record Accepted : Receipt;

    /// <summary>The answer is larger than Lambda carries; it still waits for one.</summary>
    public sealed record TooLarge(string Reason) : Receipt;

    /// <summary>It no longer waits for this request, which timed out or was answered already. Nothing is wrong with the process.</summary>
    public sealed record NotCurrent(string Reason) : Receipt;

    /// <summary>It can't go on with this process.</summary>
    public sealed record Ended(string Reason) : Receipt;
}
